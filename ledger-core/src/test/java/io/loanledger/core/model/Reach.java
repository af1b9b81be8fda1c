package io.loanledger.core.model;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.loan.Pledge;
import io.loanledger.core.loan.Refusal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How far histories went: inputs by kind and answer, events, refusals, and the ways between states that loans really took. */
public final class Reach implements Stage.Witness {
    private enum Answer {
        CHANGED,
        UNCHANGED,
        REFUSED,
        REPEATED
    }

    private final Map<String, Map<Answer, Long>> kinds = new TreeMap<>();
    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, Long> manners = new TreeMap<>();
    private final Map<String, Long> products = new TreeMap<>();
    private final Map<String, Long> grounds = new TreeMap<>();
    private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    private final Map<StatedWay, Long> ways = new TreeMap<>();
    private long inputs;

    @Override
    public void hears(Stage.Told told) {
        inputs++;
        Answer answer = switch (told.decision()) {
            case Decision.Accepted accepted -> accepted.steps().isEmpty() ? Answer.UNCHANGED : Answer.CHANGED;
            case Decision.Repeated repeated -> Answer.REPEATED;
            case Decision.Refused refused -> {
                refusals.merge(refused.refusal(), 1L, Long::sum);
                yield Answer.REFUSED;
            }
        };
        kinds.computeIfAbsent(told.kind(), kind -> new EnumMap<>(Answer.class)).merge(answer, 1L, Long::sum);
        Loan before = told.before();
        if (before.agreement() != null && !told.steps().isEmpty()) {
            products.merge(before.terms().terms().productId(), 1L, Long::sum);
        }
        for (Decision.Step step : told.steps()) {
            String event = step.event().getClass().getSimpleName();
            events.merge(event, 1L, Long::sum);
            String manner = Manners.of(step.event());
            if (!manner.isEmpty()) {
                manners.merge(event + " " + manner, 1L, Long::sum);
            }
            for (String ground : Grounds.of(step.event(), told.input(), before)) {
                grounds.merge(event + " " + ground, 1L, Long::sum);
            }
            took(
                    StatedWay.Machine.LOAN,
                    before.status().name(),
                    event,
                    step.after().status().name());
            took(StatedWay.Machine.MARGIN_CALL, callOf(before), event, callOf(step.after()));
            pledges(before, event, step.after());
            before = step.after();
        }
    }

    /** What several threads reached, each in its own histories. */
    public static Reach sumOf(Collection<Reach> parts) {
        Reach sum = new Reach();
        for (Reach part : parts) {
            sum.inputs += part.inputs;
            part.kinds.forEach((kind, answers) ->
                    add(answers, sum.kinds.computeIfAbsent(kind, any -> new EnumMap<>(Answer.class))));
            add(part.events, sum.events);
            add(part.manners, sum.manners);
            add(part.grounds, sum.grounds);
            add(part.products, sum.products);
            add(part.refusals, sum.refusals);
            add(part.ways, sum.ways);
        }
        return sum;
    }

    private static <K> void add(Map<K, Long> part, Map<K, Long> sum) {
        part.forEach((key, n) -> sum.merge(key, n, Long::sum));
    }

    private static String callOf(Loan loan) {
        MarginCall call = loan.marginCall();
        return call == null ? "NONE" : call.stage().name();
    }

    private void pledges(Loan before, String event, Loan after) {
        for (Pledge pledge : after.pledges()) {
            Pledge former = before.pledge(pledge.proof()).orElse(null);
            String from = former == null ? "NONE" : former.stage().name();
            took(StatedWay.Machine.PLEDGE, from, event, pledge.stage().name());
        }
    }

    private void took(StatedWay.Machine machine, String from, String event, String to) {
        if (!from.equals(to)) {
            ways.merge(new StatedWay(machine, from, event, to), 1L, Long::sum);
        }
    }

    public long inputs() {
        return inputs;
    }

    /** By name, how many; what never happened is not in it. */
    public Map<String, Long> events() {
        return events;
    }

    /** In which manner they happened, where there are several. */
    public Set<String> manners() {
        return manners.keySet();
    }

    /** On which grounds they were decided, by name, how often. */
    public Map<String, Long> grounds() {
        return grounds;
    }

    public Set<Refusal> refusals() {
        return refusals.keySet();
    }

    /** The ways between states that were taken. */
    public Set<StatedWay> ways() {
        return ways.keySet();
    }

    /** Those of the ways that no loan took. */
    public Set<StatedWay> missing(Collection<StatedWay> expected) {
        Set<StatedWay> missing = new TreeSet<>(expected);
        missing.removeAll(ways.keySet());
        return missing;
    }

    /** Prints all of it, and which of the documented ways nobody took. */
    public void show(String title, Collection<StatedWay> documented) {
        System.out.printf("%s: %d inputs%n", title, inputs);
        System.out.printf("%-26s %9s %9s %9s %9s%n", "input", "changed", "unchanged", "refused", "repeated");
        kinds.forEach((kind, n) -> System.out.printf(
                "%-26s %9d %9d %9d %9d%n",
                kind, of(n, Answer.CHANGED), of(n, Answer.UNCHANGED), of(n, Answer.REFUSED), of(n, Answer.REPEATED)));
        refusals.forEach((refusal, n) -> System.out.printf("%-34s %9d%n", refusal, n));
        products.forEach((product, n) -> System.out.printf("accepted under %-19s %9d%n", product, n));
        events.forEach((event, n) -> System.out.printf("%-34s %9d%n", event, n));
        manners.forEach((manner, n) -> System.out.printf("%-44s %9d%n", manner, n));
        grounds.forEach((ground, n) -> System.out.printf("%-70s %9d%n", ground, n));
        ways.forEach((way, n) -> System.out.printf("%-70s %9d%n", way, n));
        Set<String> states = new HashSet<>();
        ways.keySet().forEach(way -> {
            states.add(way.machine() + way.from());
            states.add(way.machine() + way.to());
        });
        System.out.printf("%d states, %d transitions%n", states.size(), ways.size());
        missing(documented).forEach(way -> System.out.println("not taken by these runs: " + way));
    }

    private static long of(Map<Answer, Long> counts, Answer answer) {
        return counts.getOrDefault(answer, 0L);
    }
}
