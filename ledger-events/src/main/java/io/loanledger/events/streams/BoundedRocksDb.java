package io.loanledger.events.streams;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Lets all stores of the process share one bounded cache, out of which their write buffers are taken too. Without it every store
 * of every task has its own, and the memory of an instance grows with the partitions it is given.
 *
 * <p>The table's configuration that Streams made is changed, never replaced: Streams reads its meters from it. The shared parts
 * live as long as the process; the first store's settings size them.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** Key in the settings of Streams: bytes for blocks, filters, indexes and write buffers of all stores together. */
    public static final String MEMORY_BYTES = "loan.ledger.rocksdb.memory.bytes";

    private static final double INDEX_AND_FILTER_SHARE = 0.1;
    private static final int WRITE_BUFFER_SHARE = 3;

    private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

    private static @Nullable Shared shared;

    private static synchronized Shared shared(long bytes) {
        if (shared == null) {
            Cache cache = new LRUCache(bytes, -1, false, INDEX_AND_FILTER_SHARE);
            shared = new Shared(cache, new WriteBufferManager(bytes / WRITE_BUFFER_SHARE, cache));
        }
        return shared;
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Object bytes = Objects.requireNonNull(configs.get(MEMORY_BYTES), MEMORY_BYTES + " is not set");
        Shared parts = shared(Long.parseLong(bytes.toString()));
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(parts.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(parts.writeBuffers());
    }

    /** Nothing here belongs to one store. */
    @Override
    public void close(String storeName, Options options) {}
}
