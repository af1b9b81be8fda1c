package io.loanledger.local.terminal;

import io.loanledger.events.settings.Setting;
import io.loanledger.events.settings.SettingValues;
import io.loanledger.events.settings.SettingsTable;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/**
 * Whether lines can be redrawn in place.
 *
 * @param terminalKind the system's name of the terminal; empty or {@code dumb} means one that cannot
 */
public record TerminalSettings(String terminalKind) {

    static final Setting<String> TERM =
            Setting.text("TERM", "dumb", "Kind of terminal; with dumb, progress comes as plain lines.");

    public static final SettingsTable TABLE = SettingsTable.of(TERM);

    /** Takes its row from a table that was read and that holds {@link #TABLE}. */
    public static TerminalSettings from(SettingValues in) {
        return new TerminalSettings(in.get(TERM));
    }

    /** True when a person looks at standard output through a terminal that understands ANSI sequences. */
    boolean isTerminal() {
        return !terminalKind.equals("dumb") && isInteractive(System.console());
    }

    /**
     * JDK 22 and newer may have a console that is no terminal and say so by a method that 21 lacks; 21 has a console only when
     * standard input and output are a terminal.
     */
    private static boolean isInteractive(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException jdk21) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
