package io.loanledger.local.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds loopback ports that nobody listens on.
 *
 * <p>Guarantees: the ports of one call differ, lie in [12000, 32000) and were free when they were looked at. They lie below 32768
 * on purpose: from there on the kernel hands out ports to outgoing connections, and a broker that comes back to its old port would
 * now and then find one of its own clients on it. Between the look and the use another process can still take the port; two runs
 * that start together begin at different places of the range.
 */
public final class FreePorts {

    private static final int LOWEST = 12_000;
    private static final int BEYOND = 32_000;

    private FreePorts() {}

    /** One free port. */
    public static int one() {
        return several(1).getFirst();
    }

    /** {@code count} different free ports. */
    public static List<Integer> several(int count) {
        var held = new ArrayList<ServerSocket>();
        var ports = new ArrayList<Integer>();
        int range = BEYOND - LOWEST;
        int start = ThreadLocalRandom.current().nextInt(range);
        try {
            for (int step = 0; step < range && ports.size() < count; step++) {
                int port = LOWEST + (start + step) % range;
                ServerSocket socket = bindOrNull(port);
                if (socket != null) {
                    held.add(socket);
                    ports.add(port);
                }
            }
        } finally {
            held.forEach(FreePorts::close);
        }
        if (ports.size() < count) {
            throw new IllegalStateException("fewer than " + count + " free ports from " + LOWEST + " to " + BEYOND);
        }
        return List.copyOf(ports);
    }

    /** The first of {@code count} free ports that follow one another. */
    public static int inARow(int count) {
        for (int first : several(200)) {
            if (first + count <= BEYOND && IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("no " + count + " free ports in a row");
    }

    /** Whether a server could listen on this loopback port now. */
    public static boolean isFree(int port) {
        ServerSocket socket = bindOrNull(port);
        if (socket == null) {
            return false;
        }
        close(socket);
        return true;
    }

    private static @Nullable ServerSocket bindOrNull(int port) {
        ServerSocket socket;
        try {
            socket = new ServerSocket();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            // As a broker does it: a port whose last connections still linger in TIME_WAIT counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException taken) {
            close(socket);
            return null;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
