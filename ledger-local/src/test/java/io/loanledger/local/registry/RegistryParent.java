package io.loanledger.local.registry;

import io.loanledger.local.net.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Started as a JVM of its own by a test: starts a registry, prints its process id and stays until it is killed. */
public final class RegistryParent {

    private RegistryParent() {}

    public static void main(String[] arguments) throws InterruptedException {
        var registry = new SchemaRegistryProcess(RegistryHome.find(), Path.of(arguments[0]), FreePorts.one());
        registry.start(Duration.ofSeconds(60));
        System.out.println("registry " + registry.processHandle().orElseThrow().pid());
        new CountDownLatch(1).await();
    }
}
