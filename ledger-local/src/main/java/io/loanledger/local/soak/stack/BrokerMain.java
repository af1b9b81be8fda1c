package io.loanledger.local.soak.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One broker and controller as a process: formats its folder at the first start, then runs until it is told to end, with a controlled
 * shutdown on SIGTERM. Its arguments: the file with the broker's settings, the cluster's id.
 */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        var properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(file);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        formatUnlessFormatted(settings, arguments[1]);
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        server.awaitShutdown();
    }

    private static void formatUnlessFormatted(Map<String, String> settings, String clusterId) throws Exception {
        Path folder = Path.of(settings.getOrDefault("log.dirs", ""));
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalStateException("cannot make " + folder, e);
        }
        new Formatter()
                .setPrintStream(new PrintStream(System.out, true, System.out.charset()))
                .setClusterId(clusterId)
                .setNodeId(Integer.parseInt(settings.getOrDefault("node.id", "")))
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(settings.getOrDefault("controller.listener.names", ""))
                .run();
    }
}
