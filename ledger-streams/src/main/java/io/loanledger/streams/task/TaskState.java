package io.loanledger.streams.task;

import io.loanledger.core.terms.AddOn;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.events.streams.WholeStore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The store {@code task-state}: what a task knows beside its loans. Written when an index record, terms or a sweep's chunk arrive,
 * and for a single loan only while a sweep is open. A handful of keys, and one for each fixing of a rate:
 *
 * <pre>
 * index/MARKET              newest index record, task time
 * sweep/MARKET              an unfinished tick
 * swept/MARKET/LOAN         a changed loan with which that tick has done, until its end
 * terms/PRODUCT/VERSION     terms; a version never changes
 * rate/RATE/DAY             a fixing, by the epoch day from which it counts, six digits
 * add-on/MARKET             by how much the market's coin counts less, with its version
 * terms-position            last fanned terms taken
 * pause/MARKET              present while a market is paused
 * book-mismatch             what a recount of the loans found last; absent while the book equals its sum
 * </pre>
 *
 * One thread.
 */
final class TaskState {
    private static final String INDEX = "index/";
    private static final String SWEEP = "sweep/";
    private static final String SWEPT = "swept/";
    private static final String TERMS = "terms/";
    private static final String RATE = "rate/";
    private static final String ADD_ON = "add-on/";
    private static final String PAUSE = "pause/";
    private static final String BOOK_MISMATCH = "book-mismatch";
    private static final String TERMS_POSITION = "terms-position";

    private final KeyValueStore<String, byte[]> store;

    TaskState(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    void putIndex(LastIndex last) {
        store.put(INDEX + last.index().market(), TaskStateCodec.encode(last));
    }

    void forEachIndex(Consumer<LastIndex> action) {
        scan(INDEX, (key, value) -> action.accept(TaskStateCodec.lastIndex(key.substring(INDEX.length()), value)));
    }

    void putSweep(OpenSweep sweep) {
        store.put(SWEEP + sweep.market(), TaskStateCodec.encode(sweep));
    }

    void deleteSweep(String market) {
        store.delete(SWEEP + market);
    }

    void forEachSweep(Consumer<OpenSweep> action) {
        scan(SWEEP, (key, value) -> action.accept(TaskStateCodec.sweep(value)));
    }

    void putSwept(String market, String loanId) {
        store.put(SWEPT + market + "/" + loanId, TaskStateCodec.encode(true));
    }

    void deleteSwept(String market, String loanId) {
        store.delete(SWEPT + market + "/" + loanId);
    }

    /** The loans with which the open sweep of a market has done. */
    void forEachSwept(String market, Consumer<String> action) {
        String prefix = SWEPT + market + "/";
        scan(prefix, (key, value) -> action.accept(key.substring(prefix.length())));
    }

    void putTerms(ProductTerms terms) {
        store.put(termsKey(terms.productId(), terms.version()), TaskStateCodec.encode(terms));
    }

    static String termsKey(String productId, int version) {
        return TERMS + productId + "/" + version;
    }

    void forEachTerms(Consumer<ProductTerms> action) {
        scan(TERMS, (key, value) -> action.accept(TaskStateCodec.terms(value)));
    }

    void putFixing(String rateId, LocalDate effectiveFrom, BigDecimal value) {
        store.put(
                RATE + rateId + "/" + "%06d".formatted(effectiveFrom.toEpochDay()),
                TaskStateCodec.encode(value.toPlainString()));
    }

    interface Fixing {
        void accept(String rateId, LocalDate effectiveFrom, BigDecimal value);
    }

    void forEachFixing(Fixing action) {
        scan(RATE, (key, value) -> {
            int day = key.lastIndexOf('/');
            action.accept(
                    key.substring(RATE.length(), day),
                    LocalDate.ofEpochDay(Integer.parseInt(key.substring(day + 1))),
                    new BigDecimal(TaskStateCodec.text(value)));
        });
    }

    void putAddOn(String market, AddOn addOn) {
        store.put(
                ADD_ON + market,
                TaskStateCodec.encode(addOn.version() + " " + addOn.share().toPlainString()));
    }

    void forEachAddOn(BiConsumer<String, AddOn> action) {
        scan(ADD_ON, (key, value) -> {
            String text = TaskStateCodec.text(value);
            int space = text.indexOf(' ');
            action.accept(
                    key.substring(ADD_ON.length()),
                    new AddOn(Integer.parseInt(text.substring(0, space)), new BigDecimal(text.substring(space + 1))));
        });
    }

    void putTermsPosition(TermsPosition position) {
        store.put(TERMS_POSITION, TaskStateCodec.encode(position));
    }

    TermsPosition termsPosition() {
        return Optional.ofNullable(store.get(TERMS_POSITION))
                .map(TaskStateCodec::termsPosition)
                .orElse(TermsPosition.START);
    }

    void putPause(String market, boolean paused) {
        if (paused) {
            store.put(PAUSE + market, TaskStateCodec.encode(true));
        } else {
            store.delete(PAUSE + market);
        }
    }

    void forEachPause(Consumer<String> action) {
        scan(PAUSE, (key, value) -> action.accept(key.substring(PAUSE.length())));
    }

    void putBookMismatch(@Nullable String text) {
        if (text == null) {
            store.delete(BOOK_MISMATCH);
        } else {
            store.put(BOOK_MISMATCH, TaskStateCodec.encode(text));
        }
    }

    @Nullable
    String bookMismatch() {
        byte[] stored = store.get(BOOK_MISMATCH);
        return stored == null ? null : TaskStateCodec.text(stored);
    }

    private interface Entry {
        void accept(String key, byte[] value);
    }

    /**
     * The whole store is a few dozen entries, some hundred fixings a year, and in an open sweep the loans that changed meanwhile, so that a
     * scan at start-up needs no bounds.
     */
    private void scan(String prefix, Entry action) {
        WholeStore.forEach(store, (key, value) -> {
            if (key.startsWith(prefix)) {
                action.accept(key, value);
            }
        });
    }
}
