package io.loanledger.local.soak.stack;

import io.loanledger.local.stack.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an orchestrator does for services: starts them, starts those again that end, later and later while they keep ending, and writes down
 * every exit with its cause.
 *
 * <p>Of price-ingest one instance is active. When it ends, or does not answer, the next one is started in its place; one that a successor has
 * fenced is not started again.
 *
 * <p>{@link #tick} does the work and is called by one thread, some times a second; the other methods are safe for any thread.
 */
public final class Supervisor implements AutoCloseable {

    static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    /** A process that ran so long had started well: the next pause is the first again. */
    static final Duration SETTLED = Duration.ofSeconds(30);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);
    private static final Duration PROBE_EVERY = Duration.ofSeconds(1);

    /** So many probes without an answer, and the stand-by takes over. */
    private static final int UNANSWERED = 3;

    /**
     * One end of a process.
     *
     * @param cause what a fault did to it, or the last error it logged
     * @param expected whether a fault ended it, or the supervisor itself
     */
    public record Exit(String service, Instant at, int code, String cause, boolean expected) {}

    private static final class Post {
        private final ServiceProcess service;
        private boolean wanted;
        private boolean observed = true;
        private Duration pause = FIRST_PAUSE;
        private long startedAt;
        private long startAt;
        private boolean answered;
        private int unanswered;
        private long probedAt;
        private String endedBy = "";
        private List<String> prefix = List.of();
        private List<String> damageWords = List.of();

        Post(ServiceProcess service) {
            this.service = service;
        }
    }

    private final Map<String, Post> posts = new HashMap<>();
    private final List<ServiceProcess> ingest = new ArrayList<>();
    private final List<Exit> exits = new ArrayList<>();
    private final Consumer<String> log;
    private boolean closed;

    /** {@code log} takes a line for each start and each exit. */
    public Supervisor(List<ServiceProcess> services, Consumer<String> log) {
        this.log = log;
        services.forEach(service -> {
            posts.put(service.name(), new Post(service));
            if (!service.kind().sharesWork()) {
                ingest.add(service);
            }
        });
    }

    /** Adds one that is not started yet. */
    public synchronized void add(ServiceProcess service) {
        posts.putIfAbsent(service.name(), new Post(service));
    }

    /** The one of this name. */
    public synchronized ServiceProcess named(String name) {
        Post post = posts.get(name);
        if (post == null) {
            throw new IllegalArgumentException(name + " is not supervised");
        }
        return post.service;
    }

    /** It shall run from now on. */
    public synchronized void want(ServiceProcess service) {
        want(service, List.of());
    }

    /** It shall run from now on, with words before {@code java}. */
    public synchronized void want(ServiceProcess service, List<String> prefix) {
        Post post = post(service);
        post.wanted = true;
        post.prefix = List.copyOf(prefix);
        post.startAt = System.nanoTime();
        post.pause = FIRST_PAUSE;
    }

    /** It ends by SIGKILL, for the reason given, and is started again as any that ends. */
    public synchronized void kill(ServiceProcess service, String reason) {
        Post post = post(service);
        service.process().ifPresent(process -> {
            post.endedBy = reason;
            process.kill();
        });
    }

    /** It ends by SIGKILL and is not started again before it is wanted. */
    public synchronized void killForGood(ServiceProcess service, String reason) {
        post(service).wanted = false;
        kill(service, reason);
    }

    /** Its folder is damaged from now on: when it ends and has said one of these words, the folder is deleted before it starts again. */
    public synchronized void expectDamage(ServiceProcess service, List<String> words) {
        post(service).damageWords = List.copyOf(words);
    }

    /** Those whose folders are damaged and that have not named it. */
    public synchronized List<ServiceProcess> damaged() {
        return posts.values().stream()
                .filter(post -> !post.damageWords.isEmpty())
                .map(post -> post.service)
                .toList();
    }

    /** It ends by SIGKILL, its folder is deleted, and it shall run again. */
    public synchronized void startAfresh(ServiceProcess service, String reason) {
        killForGood(service, reason);
        deleteState(post(service));
        want(service);
    }

    /** It is told to end, waited for, and not started again before it is wanted. Whether it ended in time by itself. */
    public boolean stop(ServiceProcess service, String reason) {
        Optional<ChildProcess> process;
        synchronized (this) {
            Post post = post(service);
            post.wanted = false;
            process = service.process();
            post.endedBy = process.isPresent() ? reason : post.endedBy;
        }
        return process.map(running -> running.stop(STOP_PATIENCE)).orElse(true);
    }

    /** The active price-ingest, or the one that was last. */
    public synchronized ServiceProcess activeIngest() {
        return ingest.stream()
                .filter(service -> post(service).wanted)
                .findFirst()
                .orElse(ingest.getFirst());
    }

    /** Starts the other price-ingest; the active one will find itself fenced. Returns the new one. */
    public synchronized ServiceProcess succeedIngest() {
        ServiceProcess active = activeIngest();
        ServiceProcess next = next(active);
        if (next != active) {
            post(active).wanted = false;
            post(active).endedBy = "";
        }
        want(next);
        return next;
    }

    public synchronized List<Exit> exits() {
        return List.copyOf(exits);
    }

    /** Every service that shall run, runs and answers that it processes. */
    public boolean allReady() {
        List<ServiceProcess> wanted;
        synchronized (this) {
            wanted = posts.values().stream()
                    .filter(post -> post.wanted)
                    .map(post -> post.service)
                    .toList();
        }
        return wanted.stream().allMatch(ServiceProcess::isReady);
    }

    /** Looks at every process, notes exits, starts what is due. */
    public void tick() {
        probeIngest();
        synchronized (this) {
            if (!closed) {
                posts.values().forEach(this::look);
            }
        }
    }

    /** Ends everything without waiting for goodbyes; {@link #stop} is for an orderly end. */
    @Override
    public void close() {
        List<ServiceProcess> all;
        synchronized (this) {
            closed = true;
            posts.values().forEach(post -> post.wanted = false);
            all = posts.values().stream().map(post -> post.service).toList();
        }
        all.forEach(service -> service.process().ifPresent(ChildProcess::kill));
    }

    private void look(Post post) {
        if (post.service.isAlive()) {
            return;
        }
        long now = System.nanoTime();
        if (!post.observed) {
            post.observed = true;
            noteExit(post, now);
        }
        if (post.wanted && now - post.startAt >= 0) {
            post.observed = false;
            post.startedAt = now;
            post.answered = false;
            post.unanswered = 0;
            post.service.start(post.prefix);
            log.accept(post.service.name() + " started");
        }
    }

    private void noteExit(Post post, long now) {
        int code = post.service.exitCode().orElse(-1);
        boolean expected = !post.endedBy.isEmpty();
        String cause = expected ? post.endedBy : post.service.lastWords();
        post.endedBy = "";
        exits.add(new Exit(post.service.name(), Instant.now(), code, cause, expected));
        log.accept(post.service.name() + " ended with " + code + ": " + cause);
        if (!expected && post.service.hasSaid(post.damageWords)) {
            deleteState(post);
        }
        post.pause = now - post.startedAt > SETTLED.toNanos() ? FIRST_PAUSE : longer(post.pause);
        post.startAt = now + post.pause.toNanos();
        if (!post.service.kind().sharesWork() && post.wanted) {
            // Its stand-by is the quicker start, and the log of this one stays as it is.
            post.wanted = false;
            want(next(post.service));
        }
    }

    private void deleteState(Post post) {
        post.damageWords = List.of();
        try {
            FolderTree.delete(post.service.state());
            log.accept("the folder of " + post.service.name() + " is deleted");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + post.service.state(), e);
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** An active price-ingest that gives no answer may be frozen: its successor fences it. */
    private void probeIngest() {
        ServiceProcess active;
        synchronized (this) {
            if (closed || ingest.size() < 2) {
                return;
            }
            active = activeIngest();
            Post post = post(active);
            long now = System.nanoTime();
            if (!post.wanted || !active.isAlive() || now - post.probedAt < PROBE_EVERY.toNanos()) {
                return;
            }
            post.probedAt = now;
        }
        boolean answers = active.probe().isPresent();
        synchronized (this) {
            Post post = post(active);
            post.answered |= answers;
            // One that has not answered yet is still starting.
            post.unanswered = answers || !post.answered ? 0 : post.unanswered + 1;
            if (post.unanswered >= UNANSWERED && post.wanted) {
                log.accept(active.name() + " does not answer: its stand-by takes over");
                succeedIngest();
            }
        }
    }

    private ServiceProcess next(ServiceProcess service) {
        return ingest.get((ingest.indexOf(service) + 1) % ingest.size());
    }

    private Post post(ServiceProcess service) {
        Post post = posts.get(service.name());
        if (post == null) {
            throw new IllegalArgumentException(service.name() + " is not supervised");
        }
        return post;
    }
}
