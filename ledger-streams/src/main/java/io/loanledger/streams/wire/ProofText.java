package io.loanledger.streams.wire;

import io.loanledger.events.BitcoinOutpoint;
import io.loanledger.events.CollateralProof;
import io.loanledger.events.CustodialAttestation;
import io.loanledger.events.LightningHold;
import io.loanledger.events.RollupLock;
import io.loanledger.streams.wire.MappedInput.Reason;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The canonical text of a proof of collateral: what is the same coin is the same text, so that one claim stands for it in the whole
 * book (invariant OneOutpointOneLoan).
 *
 * <pre>
 *   btc:CHAIN:TXID:VOUT            chain and txid in lower case
 *   ln:PAYMENTHASH                 in lower case
 *   rollup:CHAIN:CONTRACT:LOCKID   chain and contract in lower case, the lock's id as it is
 *   custodian:NAME:ATTESTATION     name in lower case, the attestation's id as it is
 * </pre>
 *
 * <p>Hexadecimal digits and the names of chains and custodians mean the same in either case; ids that others give may not. Within the
 * parts, {@code %} and {@code :} are written %25 and %3A, but for the one colon inside a chain's CAIP-2 id, so that no two proofs share
 * a text.
 */
final class ProofText {
    private final Problems problems;

    private ProofText(Problems problems) {
        this.problems = problems;
    }

    /** The text; notes a problem if kind and record do not agree, or a part is blank. */
    static String of(CollateralProof proof, Problems problems) {
        BitcoinOutpoint bitcoin = proof.getBitcoinOutpoint();
        LightningHold lightning = proof.getLightningHold();
        RollupLock rollup = proof.getRollupLock();
        CustodialAttestation custodian = proof.getCustodialAttestation();
        long records = Stream.of(bitcoin, lightning, rollup, custodian)
                .filter(Objects::nonNull)
                .count();
        Object stated = switch (proof.getKind()) {
            case BITCOIN_OUTPOINT -> bitcoin;
            case LIGHTNING_HOLD -> lightning;
            case ROLLUP_LOCK -> rollup;
            case CUSTODIAL_ATTESTATION -> custodian;
            case UNKNOWN -> {
                problems.unreadable(Reason.UNKNOWN_SYMBOL, "proof.kind is UNKNOWN");
                yield null;
            }
        };
        if (stated == null || records != 1) {
            problems.unreadable(
                    Reason.KIND_WITHOUT_RECORD,
                    "proof.kind " + proof.getKind() + " with " + records + " records, one of them its own is wanted");
            return "";
        }
        ProofText text = new ProofText(problems);
        return bitcoin != null
                ? text.bitcoin(bitcoin)
                : lightning != null
                        ? text.lightning(lightning)
                        : rollup != null ? text.rollup(rollup) : text.custodian(custodian);
    }

    private String bitcoin(BitcoinOutpoint proof) {
        if (proof.getVout() < 0) {
            problems.unreadable(Reason.INCONSISTENT, "proof.vout is negative: " + proof.getVout());
        }
        return "btc:" + chain(proof.getChain()) + ":" + lower("txid", proof.getTxid()) + ":" + proof.getVout();
    }

    private String lightning(LightningHold proof) {
        return "ln:" + lower("paymentHash", proof.getPaymentHash());
    }

    private String rollup(RollupLock proof) {
        return "rollup:" + chain(proof.getChain()) + ":" + lower("contract", proof.getContract()) + ":"
                + part("lockId", proof.getLockId());
    }

    private String custodian(CustodialAttestation proof) {
        return "custodian:" + lower("custodian", proof.getCustodian()) + ":"
                + part("attestationId", proof.getAttestationId());
    }

    /** CAIP-2: namespace, colon, reference. */
    private String chain(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            problems.unreadable(Reason.INCONSISTENT, "proof.chain is no CAIP-2 id");
            return text;
        }
        return lower("chain", text.substring(0, colon)) + ":" + lower("chain", text.substring(colon + 1));
    }

    private String lower(String name, String text) {
        return part(name, text.toLowerCase(Locale.ROOT));
    }

    private String part(String name, String text) {
        return problems.id("proof." + name, text).replace("%", "%25").replace(":", "%3A");
    }
}
