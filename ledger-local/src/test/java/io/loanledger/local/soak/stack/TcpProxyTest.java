package io.loanledger.local.soak.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loanledger.local.net.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that sends back what it gets. */
@Timeout(30)
class TcpProxyTest {

    private static final int SILENCE_MILLIS = 200;

    private final List<Integer> ports = FreePorts.several(2);
    private final TcpProxy proxy = new TcpProxy(ports.get(0), ports.get(1));
    private ServerSocket echo;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(ports.get(1), 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy.start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void carriesBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 42)).isEqualTo(42);
        }
    }

    @Test
    void whenItIsCutNothingPassesAndNobodyIsToldAndNothingIsLost() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 1)).isEqualTo(1);
            proxy.cut();
            client.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(() -> ask(client, 2)).isInstanceOf(SocketTimeoutException.class);
            try (Socket late = connect()) {
                late.setSoTimeout(SILENCE_MILLIS);
                assertThatThrownBy(() -> ask(late, 3)).isInstanceOf(SocketTimeoutException.class);
                proxy.mend();
                late.setSoTimeout(0);
                assertThat(late.getInputStream().read()).isEqualTo(3);
            }
            client.setSoTimeout(0);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void whenItIsSlowEachWayTakesTheDelay() throws IOException {
        try (Socket client = connect()) {
            proxy.slow(Duration.ofMillis(50));
            long began = System.nanoTime();
            assertThat(ask(client, 4)).isEqualTo(4);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void resetClosesWhatIsOpenAndLetsTheNextIn() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 5)).isEqualTo(5);
            proxy.reset();
            assertThat(endOf(client.getInputStream())).isTrue();
        }
        try (Socket next = connect()) {
            assertThat(ask(next, 6)).isEqualTo(6);
        }
    }

    private static boolean endOf(InputStream in) throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static int ask(Socket client, int word) throws IOException {
        client.getOutputStream().write(word);
        return client.getInputStream().read();
    }

    private void serve() {
        while (true) {
            try {
                Socket client = echo.accept();
                Thread.ofVirtual().start(() -> sendBack(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void sendBack(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException closed) {
            return;
        }
    }
}
