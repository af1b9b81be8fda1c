package io.loanledger.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void keepsWhatIsSaidAboveTheLiveLines() {
        try (var display = new LiveDisplay(out)) {
            display.show(List.of("one", "two"));
            display.say("stays");
        }
        assertThat(screen()).containsExactly("stays");
    }

    @Test
    void leavesLiveLinesInPlaceWhileItWorks() {
        var display = new LiveDisplay(out);
        display.show(List.of("one", "two"));
        display.say("stays");
        assertThat(screen()).containsExactly("stays", "one", "two");
        display.close();
    }

    @Test
    void cutsALineThatWouldWrap() {
        var display = new LiveDisplay(out);
        display.show(List.of("x".repeat(200)));
        assertThat(screen()).containsExactly("x".repeat(Display.WIDTH));
        display.close();
    }

    @Test
    void plainDisplayWritesNoControlCharacters() {
        try (var display = new PlainDisplay(out)) {
            display.show(List.of("one", "two"));
            display.say("stays");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("stays" + System.lineSeparator());
    }

    @Test
    void fillsTheBarInProportion() {
        assertThat(ProgressBar.of(0, 3, 6)).isEqualTo("[......]   0 %");
        assertThat(ProgressBar.of(1, 3, 6)).isEqualTo("[##....]  33 %");
        assertThat(ProgressBar.of(9, 3, 6)).isEqualTo("[######] 100 %");
        assertThatThrownBy(() -> ProgressBar.of(1, 0, 6)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Plays the bytes as a terminal does that knows "up", "clear to end of screen", "clear to end of line". */
    private List<String> screen() {
        var lines = new ArrayList<StringBuilder>(List.of(new StringBuilder()));
        String text = bytes.toString(StandardCharsets.UTF_8);
        int row = 0;
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                column = 0;
            } else if (c == '\n') {
                row++;
                column = 0;
                if (row == lines.size()) {
                    lines.add(new StringBuilder());
                }
            } else if (c == '\u001b') {
                int end = i + 2;
                while (!Character.isLetter(text.charAt(end))) {
                    end++;
                }
                switch (text.charAt(end)) {
                    case 'A' -> row -= Integer.parseInt(text.substring(i + 2, end));
                    case 'K' -> lines.get(row).setLength(column);
                    case 'J' -> {
                        lines.get(row).setLength(column);
                        lines.subList(row + 1, lines.size()).clear();
                    }
                    default -> throw new AssertionError("unknown sequence at " + i);
                }
                i = end;
            } else {
                StringBuilder line = lines.get(row);
                if (column < line.length()) {
                    line.setCharAt(column, c);
                } else {
                    line.append(c);
                }
                column++;
            }
        }
        return lines.stream()
                .map(StringBuilder::toString)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
