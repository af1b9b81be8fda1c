package io.loanledger.events.approval;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Signs and verifies with Ed25519 (RFC 8032), as the JDK does it. Stateless, for all threads. */
public final class Ed25519 {
    private static final String ALGORITHM = "Ed25519";

    private Ed25519() {}

    /**
     * The 64 bytes of the signature.
     *
     * @throws IllegalArgumentException if the key is not an Ed25519 key
     */
    public static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (InvalidKeyException notEd25519) {
            throw new IllegalArgumentException("not a private key of Ed25519", notEd25519);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK does not sign with Ed25519", missing);
        }
    }

    /**
     * Whether the signature is that of this message under this key.
     *
     * @throws IllegalArgumentException if the key is not an Ed25519 key
     */
    public static boolean isValid(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (InvalidKeyException notEd25519) {
            throw new IllegalArgumentException("not a public key of Ed25519", notEd25519);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK does not verify Ed25519", missing);
        }
    }
}
