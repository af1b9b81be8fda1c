package io.loanledger.core.price;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An index price's sources that are made when somebody first looks at one: nearly every price moves no loan, and then nobody does.
 *
 * <p>A list like any other, equal to every list of the same sources, and unmodifiable. The supplier is asked in whatever thread looks; should
 * two look at once, each may ask it.
 */
public final class SourcesOnDemand extends AbstractList<IndexSource> implements RandomAccess {
    private final int size;
    private final Supplier<List<IndexSource>> reading;
    private @Nullable List<IndexSource> sources;

    /**
     * So many sources, not made yet.
     *
     * @param reading makes them, the same ones each time
     */
    public SourcesOnDemand(int size, Supplier<List<IndexSource>> reading) {
        this.size = size;
        this.reading = reading;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public IndexSource get(int index) {
        List<IndexSource> made = sources;
        if (made == null) {
            made = List.copyOf(reading.get());
            if (made.size() != size) {
                throw new IllegalStateException(made.size() + " sources where " + size + " were announced");
            }
            sources = made;
        }
        return made.get(index);
    }
}
