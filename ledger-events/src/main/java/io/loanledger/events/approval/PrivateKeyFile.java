package io.loanledger.events.approval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * An Ed25519 private key in a PEM file (PKCS #8), as {@code openssl genpkey -algorithm ed25519} writes it. Only a file that nobody
 * but its owner can read or write is taken. Messages never show what is in it.
 */
public final class PrivateKeyFile {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateKeyFile() {}

    /**
     * Reads the key.
     *
     * @throws IllegalArgumentException if the file cannot be read, is open to others, or holds no such key
     */
    public static PrivateKey read(Path file) {
        String text;
        try {
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalArgumentException(
                        file + " is open to others: chmod 600 it, and think of the key as known");
            }
            text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + " cannot be read", unreadable);
        }
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new IllegalArgumentException(file + " is no private key in PEM");
        }
        try {
            byte[] encoded =
                    Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()));
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            // Without the cause: it may repeat a part of the key.
            throw new IllegalArgumentException(file + " is no private key of Ed25519");
        }
    }
}
