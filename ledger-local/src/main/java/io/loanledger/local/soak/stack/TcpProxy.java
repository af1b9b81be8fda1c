package io.loanledger.local.soak.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A way from one loopback port to another that can be cut and slowed.
 *
 * <p>Cut means what a broken cable means: connections stay, nothing passes in either direction, and new connections are accepted and lead
 * nowhere; nobody is told. When the cut ends, what was held passes on. Slow delays each chunk of at most {@value #CHUNK} bytes in each direction.
 *
 * <p>Two virtual threads for each connection. All methods are safe for any thread.
 */
public final class TcpProxy implements AutoCloseable {

    static final int CHUNK = 16 << 10;
    private static final int BACKLOG = 50;

    private final int port;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean cut;
    private volatile boolean closed;
    private @Nullable ServerSocket server;

    /** Will listen on {@code port} and connect to {@code target}. */
    public TcpProxy(int port, int target) {
        this.port = port;
        this.target = target;
    }

    public int port() {
        return port;
    }

    public synchronized void start() {
        try {
            var listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            server = listening;
            Thread.ofVirtual().name("proxy-" + port).start(() -> accept(listening));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + port, e);
        }
    }

    /** Nothing passes until {@link #mend}. */
    public void cut() {
        cut = true;
    }

    /** Every chunk takes this long from now on. */
    public void slow(Duration each) {
        delay = each;
    }

    /** Ends cut and delay. */
    public void mend() {
        delay = Duration.ZERO;
        cut = false;
    }

    /** Closes every connection, as a restarted router does. */
    public void reset() {
        sockets.forEach(TcpProxy::closeQuietly);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        reset();
    }

    private void accept(ServerSocket listening) {
        while (!closed) {
            try {
                Socket client = listening.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitMended();
            var broker = new Socket();
            broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            sockets.add(broker);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> carry(client, broker));
            carry(broker, client);
        } catch (IOException nobodyThere) {
            forget(client);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                Duration each = delay;
                if (!each.isZero()) {
                    LockSupport.parkNanos(each.toNanos());
                }
                awaitMended();
                out.write(chunk, 0, read);
                out.flush();
            }
        } catch (IOException eitherEnded) {
            // Closed below; the other direction sees it.
        } finally {
            forget(from);
            forget(to);
        }
    }

    private void awaitMended() {
        while (cut && !closed) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void forget(Socket socket) {
        sockets.remove(socket);
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
