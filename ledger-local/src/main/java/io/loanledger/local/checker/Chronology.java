package io.loanledger.local.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * How prices and terms lay in time. They have no common order in the topics, but each decision says how much of both had been read: a task
 * that takes a price has read no fewer terms than a decision before it says, and no more than one from it on.
 *
 * <p>Filled by the first reading of the journal, asked by the second. One thread.
 */
final class Chronology {
    private final PartitionInputs inputs;
    private final Map<String, Marks> byMarket = new HashMap<>();
    private final Map<String, List<Turn>> pauses = new HashMap<>();

    /** From the record at this number among the terms on, a market is paused or not. */
    private record Turn(int number, boolean paused) {}

    /** For one market: a price that had been taken, and how many terms. Both only rise. */
    private static final class Marks {
        private int[] at = new int[16];
        private int[] terms = new int[16];
        private int size;

        void add(int price, int count) {
            if (size > 0 && at[size - 1] == price && terms[size - 1] == count) {
                return;
            }
            if (size == at.length) {
                at = Arrays.copyOf(at, 2 * size);
                terms = Arrays.copyOf(terms, 2 * size);
            }
            at[size] = price;
            terms[size] = count;
            size++;
        }

        /** The first mark at a price or a later one. */
        int firstFrom(int price) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (at[middle] < price) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    Chronology(PartitionInputs inputs) {
        this.inputs = inputs;
        for (int i = 0; i < inputs.terms.size(); i++) {
            if (inputs.terms.get(i).kind().equals("MARKET_PAUSE")) {
                GenericRecord pause =
                        (GenericRecord) inputs.terms.get(i).record().get("marketPause");
                pauses.computeIfAbsent(pause.get("market").toString(), m -> new ArrayList<>())
                        .add(new Turn(i, (Boolean) pause.get("paused")));
            }
        }
    }

    /** Takes the head of the next decision. */
    void add(Header header) {
        if (!inputs.termsMatter) {
            return;
        }
        int count = termsRead(header);
        header.positions().forEach((market, position) -> {
            IndexRecord index = inputs.market(market).find(position[0], position[1]);
            if (index != null) {
                byMarket.computeIfAbsent(market, m -> new Marks()).add(index.at(), count);
            }
        });
    }

    /** How many of the terms a decision had read. */
    int termsRead(Header header) {
        int low = 0;
        int high = inputs.terms.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            PartitionInputs.TermsRecord terms = inputs.terms.get(middle);
            boolean read = terms.epoch() < header.termsEpoch()
                    || (terms.epoch() == header.termsEpoch() && terms.sequence() <= header.termsSequence());
            if (read) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The terms that had surely been read when a price was taken. */
    int fewestTermsAt(IndexRecord index) {
        Marks marks = byMarket.get(index.market());
        int first = marks == null ? 0 : marks.firstFrom(index.at());
        return marks == null || first == 0 ? 0 : marks.terms[first - 1];
    }

    /** The terms that may have been read then. */
    int mostTermsAt(IndexRecord index) {
        Marks marks = byMarket.get(index.market());
        int first = marks == null ? 0 : marks.firstFrom(index.at());
        return marks == null || first == marks.size ? inputs.terms.size() : marks.terms[first];
    }

    /** Whether a price may have been taken while its market was paused. */
    boolean mayBePaused(IndexRecord index) {
        return mayBePaused(index.market(), index);
    }

    /** Whether a market may have been paused when a price, of that market or another, was taken. */
    boolean mayBePaused(String market, IndexRecord index) {
        List<Turn> turns = pauses.getOrDefault(market, List.of());
        if (turns.isEmpty()) {
            return false;
        }
        int fewest = fewestTermsAt(index);
        int most = mostTermsAt(index);
        boolean paused = false;
        for (Turn turn : turns) {
            if (turn.number() < fewest) {
                paused = turn.paused();
            } else if (turn.number() < most) {
                paused |= turn.paused();
            }
        }
        return paused;
    }
}
