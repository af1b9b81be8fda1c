package io.loanledger.local.soak.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The main class of a process that does what a soak does: it starts a child, stops it by a signal, says so, and waits to be killed. */
final class FreezingParent {

    private FreezingParent() {}

    /** Takes the folder for the child's log. */
    public static void main(String[] arguments) throws InterruptedException {
        ChildProcess child = ChildProcess.start(new ChildProcess.Plan(
                Waiting.class.getName(), List.of(), 64, Map.of(), true, List.of(), Path.of(arguments[0], "child.log")));
        Freeze freeze = Freeze.of(child.pid());
        System.out.println("freezes " + child.pid());
        new CountDownLatch(1).await();
        freeze.close();
    }

    /** What the child becomes. */
    public static final class Waiting {

        private Waiting() {}

        public static void main(String[] arguments) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }
}
