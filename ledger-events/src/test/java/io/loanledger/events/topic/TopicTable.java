package io.loanledger.events.topic;

import java.util.stream.Collectors;

/** The catalogue as a table of the documentation. */
final class TopicTable {

    private TopicTable() {}

    static String toMarkdown() {
        StringBuilder text = new StringBuilder(
                "| topic | key | records | partitions | kept | written by | what |\n|---|---|---|---|---|---|---|\n");
        for (Topic topic : TopicCatalogue.ALL) {
            text.append("| `%s` | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            topic.name(),
                            topic.key().title(),
                            records(topic),
                            partitions(topic),
                            kept(topic),
                            topic.writer().title(),
                            topic.doc()));
        }
        return text.toString();
    }

    private static String records(Topic topic) {
        if (topic.values().isEmpty()) {
            return "bytes as they came";
        }
        if (topic.equals(TopicCatalogue.JOURNAL)) {
            return "one for each kind of event, see the folder `ledger.journal.v1` of the contract";
        }
        return topic.values().stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }

    private static String partitions(Topic topic) {
        return switch (topic.partitions()) {
            case SHARED -> "shared";
            case ONE -> "1";
        };
    }

    private static String kept(Topic topic) {
        return switch (topic.retention()) {
            case Topic.Retention.Forever forever -> "for ever";
            case Topic.Retention.AtLeast least -> least.time().toDays() + " days";
        };
    }
}
