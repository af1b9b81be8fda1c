package io.loanledger.events.topic;

import java.util.List;

/** The brokers' topics are not what the catalogue promises. Carries every problem; a service must not start on them. */
public final class TopicsRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public TopicsRefused(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each problem. */
    public List<String> problems() {
        return problems;
    }
}
