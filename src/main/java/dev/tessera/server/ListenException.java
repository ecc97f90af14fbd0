package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Setting;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Says in one line on which address the server cannot listen, why, and which settings choose another. */
public final class ListenException extends StartException {

    private static final long serialVersionUID = 1L;

    private ListenException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The failure in the words of the settings if it is one of the address; otherwise the failure itself. */
    static Throwable explain(
            Throwable failure, Configuration configuration, Setting<String> host, Setting<Integer> port) {
        String address = HostAndPort.format(configuration.get(host), configuration.get(port));
        if (failure instanceof UnknownHostException) {
            return new ListenException(
                    "cannot listen on " + address + ": the host is unknown; set " + host + " (" + host.environmentName()
                            + ") to an address of this machine",
                    failure);
        }
        if (failure instanceof BindException
                && String.valueOf(failure.getMessage()).contains("in use")) {
            return new ListenException(
                    "cannot listen on " + address + ": the port is in use; stop the process that holds it, or set "
                            + port + " (" + port.environmentName() + ") to another",
                    failure);
        }
        if (failure instanceof SocketException) {
            return new ListenException(
                    "cannot listen on " + address + ": " + failure.getMessage() + "; set " + host + " ("
                            + host.environmentName() + ") and " + port + " (" + port.environmentName()
                            + ") to what this process may use",
                    failure);
        }
        return failure;
    }
}
