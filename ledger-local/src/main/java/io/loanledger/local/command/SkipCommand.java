package io.loanledger.local.command;

import io.loanledger.events.Approval;
import io.loanledger.events.OperatorSkip;
import io.loanledger.events.approval.OperatorKeys;
import io.loanledger.events.approval.PrivateKeyFile;
import io.loanledger.events.approval.SkipApproval;
import io.loanledger.events.settings.KafkaConnectionSettings;
import io.loanledger.events.topic.TopicCatalogue;
import io.loanledger.local.operator.OrderRefused;
import io.loanledger.local.operator.SkipFile;
import io.loanledger.local.topic.TopicOutbox;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * {@code ./ledger skip}: an order to set a record aside, in three steps so that two people have to agree. One proposes it, which
 * writes and signs a file; another approves the file on a machine of their own; anyone publishes it. Private keys come from files
 * that nobody else can read, and are never shown.
 */
final class SkipCommand {
    private static final String FILE = "--file";
    private static final String TOPIC = "--topic";
    private static final String PARTITION = "--partition";
    private static final String OFFSET = "--offset";
    private static final String LOAN = "--loan";
    private static final String REASON = "--reason";
    private static final String OPERATOR = "--operator";
    private static final String KEY_ID = "--key-id";
    private static final String KEY = "--key";
    private static final String KEYS = "--operator-keys";
    private static final String PRODUCER = "ledger-skip";

    private SkipCommand() {}

    static int run(List<String> words, PrintStream out) {
        String step = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.subList(Math.min(1, words.size()), words.size());
        try {
            switch (step) {
                case "propose" -> propose(rest, out);
                case "approve" -> approve(rest, out);
                case "publish" -> publish(rest, out);
                default -> throw new Arguments.Misused("skip is propose, approve or publish, not: " + step);
            }
        } catch (IllegalArgumentException unusable) {
            // A file of keys, a key or an order that cannot be used; their messages are made for people.
            throw new OrderRefused(String.valueOf(unusable.getMessage()));
        }
        return CommandLine.DONE;
    }

    private static void propose(List<String> words, PrintStream out) {
        Arguments arguments =
                Arguments.of(words, Set.of(FILE, TOPIC, PARTITION, OFFSET, LOAN, REASON, OPERATOR, KEY_ID, KEY));
        String topic = required(arguments, TOPIC);
        if (TopicCatalogue.byName(topic).isEmpty()) {
            throw new Arguments.Misused("no topic of the ledger: " + topic);
        }
        required(arguments, PARTITION);
        required(arguments, OFFSET);
        OperatorSkip order = new OperatorSkip(
                UUID.randomUUID().toString(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                PRODUCER,
                topic,
                (int) arguments.number(PARTITION, -1, 0, Integer.MAX_VALUE),
                arguments.number(OFFSET, -1, 0, Long.MAX_VALUE),
                arguments.text(LOAN).orElse(null),
                required(arguments, REASON),
                new ArrayList<>());
        Path file = Path.of(required(arguments, FILE));
        SkipFile.writeNew(file, signed(order, arguments));
        out.println(SkipFile.describe(SkipFile.read(file)));
    }

    private static void approve(List<String> words, PrintStream out) {
        Arguments arguments = Arguments.of(words, Set.of(FILE, OPERATOR, KEY_ID, KEY));
        Path file = Path.of(required(arguments, FILE));
        OperatorSkip order = SkipFile.read(file);
        String operator = required(arguments, OPERATOR);
        if (order.getApprovals().stream()
                .anyMatch(approval -> approval.getOperator().equals(operator))) {
            throw new OrderRefused(operator + " has approved it already: somebody else has to");
        }
        SkipFile.replace(file, signed(order, arguments));
        out.println(SkipFile.describe(SkipFile.read(file)));
    }

    private static void publish(List<String> words, PrintStream out) {
        Arguments arguments = Arguments.of(words, Set.of(FILE, KEYS));
        OperatorSkip order = SkipFile.read(Path.of(required(arguments, FILE)));
        OperatorKeys.Verdict verdict =
                OperatorKeys.read(Path.of(required(arguments, KEYS))).verdict(order);
        if (verdict != OperatorKeys.Verdict.APPROVED) {
            throw new OrderRefused("the ledger would not follow this order: " + verdict);
        }
        KafkaConnectionSettings connection =
                KafkaConnectionSettings.from(KafkaConnectionSettings.TABLE.readEnvironment());
        try (TopicOutbox outbox = new TopicOutbox(connection)) {
            outbox.send(TopicCatalogue.TERMS, order.getTopic(), order);
            outbox.flush();
        }
        out.println(SkipFile.describe(order));
        out.println("published to " + TopicCatalogue.TERMS.name() + ": now start the instances that have stopped");
    }

    private static OperatorSkip signed(OperatorSkip order, Arguments arguments) {
        Approval approval = SkipApproval.sign(
                order,
                required(arguments, OPERATOR),
                required(arguments, KEY_ID),
                PrivateKeyFile.read(Path.of(required(arguments, KEY))));
        List<Approval> approvals = new ArrayList<>(order.getApprovals());
        approvals.add(approval);
        return OperatorSkip.newBuilder(order).setApprovals(approvals).build();
    }

    private static String required(Arguments arguments, String name) {
        return arguments.text(name).orElseThrow(() -> new Arguments.Misused("skip needs " + name));
    }
}
