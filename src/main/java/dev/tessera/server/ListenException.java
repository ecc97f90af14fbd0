package dev.tessera.server;

import dev.tessera.config.Setting;
import dev.tessera.impl.server.ServerOptions;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * A failure to listen, with one line that names the address, the cause, and the settings that choose another address.
 */
final class ListenException extends StartException {

    private static final long serialVersionUID = 1L;

    private ListenException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns a failure to listen on an endpoint with advice about its settings; returns other failures as they are.
     */
    static Throwable explain(Throwable failure, ServerOptions.Endpoint endpoint) {
        Setting<String> host = endpoint.hostSetting();
        Setting<Integer> port = endpoint.portSetting();
        if (failure instanceof UnknownHostException) {
            return new ListenException(
                    "cannot listen on " + endpoint + ": the host is unknown; set " + host + " ("
                            + host.environmentName() + ") to an address of this machine",
                    failure);
        }
        if (failure instanceof BindException
                && String.valueOf(failure.getMessage()).contains("in use")) {
            return new ListenException(
                    "cannot listen on " + endpoint + ": the port is in use; stop the process that holds it, or set "
                            + port + " (" + port.environmentName() + ") to another",
                    failure);
        }
        if (failure instanceof SocketException) {
            return new ListenException(
                    "cannot listen on " + endpoint + ": " + failure.getMessage() + "; set " + host + " ("
                            + host.environmentName() + ") and " + port + " (" + port.environmentName()
                            + ") to an address that this process may use",
                    failure);
        }
        return failure;
    }
}
