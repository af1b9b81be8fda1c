package io.loanledger.streams.wire;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One byte for each constant of an enum: its place in a list written here for that purpose, so that reordering the enum cannot change
 * what is stored. New constants go to the end of the list.
 */
final class EnumCodes<E extends Enum<E>> {
    private final List<E> ofCode;
    private final Map<E, Integer> codes;

    private EnumCodes(Class<E> type, List<E> ofCode) {
        this.ofCode = ofCode;
        codes = new EnumMap<>(type);
        for (int code = 0; code < ofCode.size(); code++) {
            codes.put(ofCode.get(code), code);
        }
        if (codes.size() != type.getEnumConstants().length || codes.size() != ofCode.size()) {
            throw new IllegalStateException("each constant of " + type.getSimpleName() + " needs one code");
        }
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // copied at once and never written
    static <E extends Enum<E>> EnumCodes<E> of(Class<E> type, E... inOrderOfCode) {
        return new EnumCodes<>(type, List.of(inOrderOfCode));
    }

    int code(E constant) {
        return Objects.requireNonNull(codes.get(constant));
    }

    E constant(int code) {
        if (code >= ofCode.size()) {
            throw new IllegalStateException("corrupt value: no constant has code " + code);
        }
        return ofCode.get(code);
    }
}
