package io.loanledger.local.registry;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * The main class of the registry's own process: starts Apicurio and ends when its parent does.
 *
 * <p>The parent holds the other end of this process's standard input and never writes to it. However the parent ends (by itself, by
 * Ctrl-C, by SIGKILL, by a fault of its JVM), the system closes that end, the read returns, and this process halts. That needs no
 * heartbeat, no pid file and no particular operating system.
 */
public final class RegistryChild {

    private static final String APICURIO_MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

    private RegistryChild() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        var watch = new Thread(RegistryChild::haltWhenTheParentIsGone, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(APICURIO_MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void haltWhenTheParentIsGone() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent; whatever comes is not the end.
            }
        } catch (IOException brokenPipe) {
            // As good as an end of file.
        }
        // Not exit(): shutdown hooks could hang, and H2's file survives a kill.
        Runtime.getRuntime().halt(0);
    }
}
