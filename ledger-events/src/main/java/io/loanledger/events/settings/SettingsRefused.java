package io.loanledger.events.settings;

import java.util.List;

/** The settings cannot be used. Carries every problem, so that all can be mended in one round; {@code main} prints it and ends. */
public final class SettingsRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public SettingsRefused(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each problem; no secret is repeated in it. */
    public List<String> problems() {
        return problems;
    }
}
