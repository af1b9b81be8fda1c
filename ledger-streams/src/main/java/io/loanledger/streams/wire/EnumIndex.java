package io.loanledger.streams.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * Where each constant of an enum of ours stands among the symbols of its schema. Resolved once: a constant without a symbol fails at
 * start, never while a record is written.
 */
final class EnumIndex<E extends Enum<E>> {
    private final Map<E, Integer> symbols;

    private EnumIndex(Map<E, Integer> symbols) {
        this.symbols = symbols;
    }

    static <E extends Enum<E>> EnumIndex<E> of(Class<E> constants, Schema schema) {
        Map<E, Integer> symbols = new EnumMap<>(constants);
        for (E constant : constants.getEnumConstants()) {
            if (!schema.hasEnumSymbol(constant.name())) {
                throw new IllegalStateException(schema.getFullName() + " has no symbol " + constant);
            }
            symbols.put(constant, schema.getEnumOrdinal(constant.name()));
        }
        return new EnumIndex<>(symbols);
    }

    int of(E constant) {
        return Objects.requireNonNull(symbols.get(constant));
    }
}
