package io.loanledger.events.serde;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** TLS to the registry from Confluent's {@code schema.registry.ssl.*} keys; the host's name is always checked. */
final class RegistryTls {

    private RegistryTls() {}

    /** The context, or nothing if the JDK's own will do. */
    static Optional<SSLContext> context(RegistryConfiguration configuration) {
        RegistryConfiguration.Store trust = configuration.trustStore();
        RegistryConfiguration.Store own = configuration.keyStore();
        if (trust == null && own == null) {
            return Optional.empty();
        }
        try {
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(trust == null ? null : load(trust));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : keys(own).getKeyManagers(), trusted.getTrustManagers(), null);
            return Optional.of(context);
        } catch (GeneralSecurityException unusable) {
            throw new ConfigException("the key or trust store of the schema registry cannot be used: " + unusable);
        }
    }

    private static KeyManagerFactory keys(RegistryConfiguration.Store own) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] keyPassword = characters(own.keyPassword());
        keys.init(load(own), keyPassword == null ? characters(own.password()) : keyPassword);
        return keys;
    }

    private static KeyStore load(RegistryConfiguration.Store store) throws GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.type());
        try (InputStream file = Files.newInputStream(Path.of(store.location()))) {
            keys.load(file, characters(store.password()));
        } catch (IOException unreadable) {
            throw new ConfigException("cannot read " + store.location() + ": " + unreadable.getMessage());
        }
        return keys;
    }

    private static char @Nullable [] characters(@Nullable String text) {
        return text == null ? null : text.toCharArray();
    }
}
