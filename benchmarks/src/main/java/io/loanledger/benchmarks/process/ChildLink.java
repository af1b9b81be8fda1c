package io.loanledger.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;

/**
 * The child's side of a {@link ChildJvm}: commands come as lines of its standard input, answers go as marked lines to its standard
 * output. A child whose parent is gone halts, whatever it does at that moment.
 */
public final class ChildLink {

    /** Begins every line that is an answer; anything else that a child prints is a log. */
    static final String MARK = "BENCH ";

    /** What a child says when it is ready to be measured, with words after it. */
    public static final String READY = "ready";

    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private Optional<FlightRecording> recording = Optional.empty();

    private ChildLink() {}

    /** What a child answers to its commands. */
    @FunctionalInterface
    public interface Answers {
        String to(String command);
    }

    /** Begins to listen; to be called first. */
    public static ChildLink open() {
        var link = new ChildLink();
        var listening = new Thread(link::listen, "parent-link");
        listening.setDaemon(true);
        listening.start();
        return link;
    }

    /** Tells the parent something, in one line. */
    public void say(String words) {
        System.out.println(MARK + words);
        System.out.flush();
    }

    /**
     * Says that the child is ready, then answers until it is told to stop. Some it answers by itself: to {@code cpu} with the processor time of
     * this process so far, in nanoseconds, all its threads together; to {@code threads} with that of the threads of Java that live; to {@code alive} with the bytes that are alive on its heap; to
     * {@code record} and {@code recorded FILE} by recording where its processor time goes.
     */
    public void serve(String readyWords, Answers answers) throws InterruptedException {
        say((READY + " " + readyWords).strip());
        while (true) {
            String command = commands.take();
            switch (command.split(" ", 2)[0]) {
                case "stop" -> {
                    return;
                }
                case "cpu" -> say(Long.toString(processorNanos()));
                case "threads" -> say(Long.toString(threadNanos()));
                case "alive" -> say(Long.toString(LiveHeap.bytes(1)));
                case "record" -> {
                    recording = Optional.of(FlightRecording.begin());
                    say("recording");
                }
                case "recorded" -> {
                    recording.orElseThrow().end(Path.of(command.split(" ", 2)[1]));
                    recording = Optional.empty();
                    say("recorded");
                }
                default -> say(answers.to(command));
            }
        }
    }

    private static long processorNanos() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }

    private static long threadNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0) // less where one ended meanwhile
                .sum();
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                commands.add(line);
            }
        } catch (IOException brokenPipe) {
            // As good as an end of file.
        }
        // Not exit(): shutdown hooks could hang.
        Runtime.getRuntime().halt(0);
    }
}
