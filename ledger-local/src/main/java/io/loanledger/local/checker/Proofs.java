package io.loanledger.local.checker;

import java.util.Locale;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The one text of a proof of collateral, as claims and journal write it: docs of the contract's CollateralProof. */
final class Proofs {
    private Proofs() {}

    /** Null when kind and record do not agree. */
    static @Nullable String text(GenericRecord proof) {
        Object bitcoin = proof.get("bitcoinOutpoint");
        Object lightning = proof.get("lightningHold");
        Object rollup = proof.get("rollupLock");
        Object custodian = proof.get("custodialAttestation");
        return switch (proof.get("kind").toString()) {
            case "BITCOIN_OUTPOINT" ->
                bitcoin instanceof GenericRecord r
                        ? "btc:" + chain(r) + ":" + lower(r, "txid") + ":" + r.get("vout")
                        : null;
            case "LIGHTNING_HOLD" -> lightning instanceof GenericRecord r ? "ln:" + lower(r, "paymentHash") : null;
            case "ROLLUP_LOCK" ->
                rollup instanceof GenericRecord r
                        ? "rollup:" + chain(r) + ":" + lower(r, "contract") + ":" + part(r, "lockId")
                        : null;
            case "CUSTODIAL_ATTESTATION" ->
                custodian instanceof GenericRecord r
                        ? "custodian:" + lower(r, "custodian") + ":" + part(r, "attestationId")
                        : null;
            default -> null;
        };
    }

    private static String chain(GenericRecord record) {
        String chain = record.get("chain").toString().toLowerCase(Locale.ROOT);
        int colon = chain.indexOf(':');
        return colon <= 0 ? chain : escaped(chain.substring(0, colon)) + ":" + escaped(chain.substring(colon + 1));
    }

    private static String lower(GenericRecord record, String field) {
        return escaped(record.get(field).toString().toLowerCase(Locale.ROOT));
    }

    private static String part(GenericRecord record, String field) {
        return escaped(record.get(field).toString());
    }

    private static String escaped(String text) {
        return text.replace("%", "%25").replace(":", "%3A");
    }
}
