package dev.tessera.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal SIGHUP, which many tools send to a server so that it reads its configuration again. The JVM would end, so
 * the process ignores it. Java has no standard API for signals; reflection reaches the one that every JDK has.
 */
final class Hangup {

    private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

    private Hangup() {}

    /** Ignores the signal from now on, with a line in the log. Does nothing if the system has no such signal. */
    static void ignore() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object logging = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            throw new UnsupportedOperationException(method.getName());
                        }
                        LOG.info("Ignoring SIGHUP: the server reads its configuration at the start only; restart it,"
                                + " or stop it with SIGTERM");
                        return null;
                    });
            handle.invoke(null, signal.getConstructor(String.class).newInstance("HUP"), logging);
        } catch (ReflectiveOperationException e) {
            LOG.debug("SIGHUP keeps its effect", e);
        }
    }
}
