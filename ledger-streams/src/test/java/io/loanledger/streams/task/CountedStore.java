package io.loanledger.streams.task;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Counts what goes through stores: records that scans gave, and changes. */
final class CountedStore {
    private long read;
    private long written;

    long read() {
        return read;
    }

    long written() {
        return written;
    }

    @SuppressWarnings("unchecked")
    KeyValueStore<String, byte[]> around(KeyValueStore<String, byte[]> store) {
        return (KeyValueStore<String, byte[]>) Proxy.newProxyInstance(
                CountedStore.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> through(store, method, arguments));
    }

    @SuppressWarnings("unchecked")
    private Object through(KeyValueStore<String, byte[]> store, Method method, Object[] arguments) throws Throwable {
        Object answer;
        try {
            answer = method.invoke(store, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
        if (method.getName().startsWith("put") || method.getName().equals("delete")) {
            written++;
        }
        return answer instanceof KeyValueIterator<?, ?> scan
                ? counted((KeyValueIterator<String, byte[]>) scan)
                : answer;
    }

    private KeyValueIterator<String, byte[]> counted(KeyValueIterator<String, byte[]> scan) {
        return new KeyValueIterator<>() {
            @Override
            public boolean hasNext() {
                return scan.hasNext();
            }

            @Override
            public KeyValue<String, byte[]> next() {
                read++;
                return scan.next();
            }

            @Override
            public String peekNextKey() {
                return scan.peekNextKey();
            }

            @Override
            public void close() {
                scan.close();
            }
        };
    }
}
