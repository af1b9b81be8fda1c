package io.loanledger.local.soak.stack;

import io.loanledger.local.process.ParentWatch;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of every process of a soak: it watches over its parent, then becomes what the first argument names by calling that
 * class's own {@code main}. A service runs exactly as in production, except that it does not outlive the soak.
 */
public final class ChildMain {

    private ChildMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        ParentWatch.start();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException failed) {
            // As the JVM itself does with what leaves main.
            failed.printStackTrace();
            System.exit(1);
        }
    }
}
