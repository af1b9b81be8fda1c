package io.loanledger.local.operator;

import io.loanledger.events.Approval;
import io.loanledger.events.OperatorSkip;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** An order to skip a record on its way between two operators: a text that both can read before they sign. */
public final class SkipFile {
    private SkipFile() {}

    /** Writes a file that must not be there yet. */
    public static void writeNew(Path file, OperatorSkip order) {
        try {
            Files.writeString(file, text(order), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new IllegalArgumentException(file + " is there already", there);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes in place of the file. */
    public static void replace(Path file, OperatorSkip order) {
        try {
            Files.writeString(file, text(order));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Reads a file that {@link #writeNew} or {@link #replace} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static OperatorSkip read(Path file) {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            values.load(reader);
        } catch (IOException failed) {
            throw new IllegalArgumentException(file + " cannot be read", failed);
        }
        List<Approval> approvals = new ArrayList<>();
        for (int i = 1; values.containsKey("approval." + i + ".operator"); i++) {
            approvals.add(new Approval(
                    required(values, "approval." + i + ".operator"),
                    required(values, "approval." + i + ".keyId"),
                    required(values, "approval." + i + ".signature")));
        }
        return new OperatorSkip(
                required(values, "eventId"),
                Instant.parse(required(values, "occurredAt")),
                required(values, "producer"),
                required(values, "topic"),
                Integer.parseInt(required(values, "partition")),
                Long.parseLong(required(values, "offset")),
                values.getProperty("loanId"),
                required(values, "reason"),
                approvals);
    }

    /** One line for people. */
    public static String describe(OperatorSkip order) {
        return "skip %s-%d@%d%s, because: %s; approved by %s"
                .formatted(
                        order.getTopic(),
                        order.getPartition(),
                        order.getOffset(),
                        order.getLoanId() == null ? "" : " for loan " + order.getLoanId(),
                        order.getReason(),
                        order.getApprovals().stream().map(Approval::getOperator).collect(Collectors.joining(", ")));
    }

    private static String text(OperatorSkip order) {
        Properties values = new Properties();
        values.setProperty("eventId", order.getEventId());
        values.setProperty("occurredAt", order.getOccurredAt().toString());
        values.setProperty("producer", order.getProducer());
        values.setProperty("topic", order.getTopic());
        values.setProperty("partition", Integer.toString(order.getPartition()));
        values.setProperty("offset", Long.toString(order.getOffset()));
        if (order.getLoanId() != null) {
            values.setProperty("loanId", order.getLoanId());
        }
        values.setProperty("reason", order.getReason());
        int number = 0;
        for (Approval approval : order.getApprovals()) {
            number++;
            values.setProperty("approval." + number + ".operator", approval.getOperator());
            values.setProperty("approval." + number + ".keyId", approval.getKeyId());
            values.setProperty("approval." + number + ".signature", approval.getSignature());
        }
        StringWriter text = new StringWriter();
        try {
            values.store(text, "An order to the ledger; what is signed is every value above the approvals.");
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory refused text", impossible);
        }
        return text.toString();
    }

    private static String required(Properties values, String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("the file of the order lacks " + name);
        }
        return value;
    }
}
