package io.loanledger.local.registry;

import io.loanledger.local.process.ParentWatch;
import java.lang.reflect.InvocationTargetException;

/**
 * The main class of the registry's own process: starts Apicurio and ends when its parent does.
 *
 * <p>H2's file survives the halt of {@link ParentWatch}.
 */
public final class RegistryChild {

    private static final String APICURIO_MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

    private RegistryChild() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        ParentWatch.start();
        try {
            Class.forName(APICURIO_MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
