package io.loanledger.local.command;

import io.loanledger.events.topic.Topic;
import io.loanledger.events.topic.TopicCatalogue;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** {@code ./ledger topics}: the catalogue as a text. */
final class TopicsCommand {

    private TopicsCommand() {}

    static void run(PrintStream out) {
        for (Topic topic : TopicCatalogue.ALL) {
            out.println(topic.name());
            out.println("    " + topic.doc());
            out.println("    key      " + topic.key().title());
            out.println("    writer   " + topic.writer().title());
            out.println("    keeps    " + kept(topic.retention()));
            if (!topic.values().isEmpty()) {
                out.println("    records  "
                        + topic.values().stream().map(Class::getSimpleName).collect(Collectors.joining(", ")));
            }
        }
    }

    private static String kept(Topic.Retention retention) {
        return switch (retention) {
            case Topic.Retention.Forever forever -> "for ever";
            case Topic.Retention.AtLeast least -> "at least " + least.time().toDays() + " days";
        };
    }
}
