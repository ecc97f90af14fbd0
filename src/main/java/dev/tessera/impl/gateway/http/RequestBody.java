package dev.tessera.impl.gateway.http;

import dev.tessera.config.Settings;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.IncomingBytes;
import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request. Every body must arrive steadily, even if nobody reads it: at least
 * {@value GatewayLimits#PROGRESS_BYTES_MIN} bytes in each timeout. A body that is read must have an accepted content
 * type, no larger than a message may be, and must fit the memory for unfinished messages. It counts there until its
 * request is answered. The rest of a refused body is read and dropped, so that the client sees the answer and not a
 * reset connection.
 */
final class RequestBody {

    private static final LimitedLog LATE = LimitedLog.info(
            RequestBody.class,
            "Closing the HTTP connection of {}: the body of a request came too slowly; raise "
                    + Settings.HTTP_IDLE_TIMEOUT.path() + " if that is too strict");
    private static final LimitedLog LATE_STREAM = LimitedLog.info(
            RequestBody.class,
            "Resetting a request of the HTTP connection of {}: its body came too slowly; raise "
                    + Settings.HTTP_IDLE_TIMEOUT.path() + " if that is too strict");
    private static final String CHARSET = "charset=";
    /** The name of UTF-8, and the one that many clients write. */
    private static final Set<String> UTF_8_NAMES = Set.of("utf-8", "utf8");

    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final HttpExchange exchange;
    private final int bytesMax;
    private final long timeoutMs;
    private final IncomingBytes bytes;
    /** How many bytes have come since the timer was set. */
    private long freshBytes;

    private boolean refused;
    private long timer = NO_TIMER;

    /**
     * Creates the body of a request whose handler has not returned.
     *
     * @param timeoutMs closes the connection, or resets the stream of HTTP/2, if too little of the body comes in this
     *     time; 0 waits forever
     */
    RequestBody(Vertx vertx, HttpExchange exchange, int bytesMax, IncomingTotal total, long timeoutMs) {
        this.vertx = vertx;
        this.exchange = exchange;
        this.bytesMax = bytesMax;
        this.timeoutMs = timeoutMs;
        this.bytes = new IncomingBytes(total);
        HttpServerRequest request = exchange.request();
        request.exceptionHandler(gone -> leave());
        if (!request.isEnded()) {
            exchange.peer().begin(this);
            request.handler(part -> freshBytes += part.length());
            request.endHandler(end -> ended());
            startTimer();
        }
    }

    /**
     * Reads a body that is a JSON value, or answers why it cannot.
     *
     * @param onRead receives the body, and owns the array
     */
    void read(Consumer<byte[]> onRead) {
        read(BodyType.VALUES, (type, body) -> onRead.accept(body));
    }

    /**
     * Reads a body that is a patch, or answers why it cannot.
     *
     * @param onRead receives the kind of patch and the body, and owns the array
     */
    void readPatch(BiConsumer<BodyType, byte[]> onRead) {
        read(BodyType.PATCHES, onRead);
    }

    private void read(Set<BodyType> types, BiConsumer<BodyType, byte[]> onRead) {
        BodyType type = admitted(types);
        if (type != null) {
            HttpServerRequest request = exchange.request();
            int declared = (int) declaredBytes(request.getHeader(HttpHeaders.CONTENT_LENGTH));
            request.response().endHandler(answered -> bytes.release());
            request.response().closeHandler(gone -> bytes.release());
            request.handler(part -> take(part, declared == 0 ? bytesMax : declared));
            request.endHandler(end -> {
                ended();
                if (!refused) {
                    onRead.accept(type, bytes.toBytes());
                }
            });
        }
    }

    private void take(Buffer part, int sizeMax) {
        freshBytes += part.length();
        if (refused) {
            return;
        }
        long size = bytes.size() + (long) part.length();
        if (size > bytesMax) {
            bytes.release();
            refuseSize();
        } else if (!bytes.append(part.getBytes(), 0, part.length(), (int) Math.max(size, sizeMax))) {
            refuse(HttpStatus.INSUFFICIENT_STORAGE, Status.STORAGE_FULL, Messages.NO_ROOM_FOR_MESSAGE);
        }
    }

    /** Returns the type of a body that may be read; refuses others. */
    private @Nullable BodyType admitted(Set<BodyType> types) {
        HttpServerRequest request = exchange.request();
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        BodyType type = BodyType.of(contentType);
        String otherCharset = otherCharset(contentType);
        if (type == null || !types.contains(type)) {
            refuseType(
                    types, types.equals(BodyType.PATCHES) ? HttpMessages.NOT_PATCH_TYPE : HttpMessages.NOT_JSON_TYPE);
        } else if (otherCharset != null) {
            refuseType(types, HttpMessages.otherCharset(otherCharset));
        } else if (request.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            refuseType(types, HttpMessages.CONTENT_ENCODED);
        } else if (declaredBytes(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > bytesMax) {
            refuseSize();
        } else {
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue();
            }
            return type;
        }
        return null;
    }

    private void refuseType(Set<BodyType> types, String message) {
        if (types.equals(BodyType.PATCHES)) {
            exchange.header(BodyType.ACCEPT_PATCH, BodyType.PATCH_TYPES);
        }
        refuse(HttpStatus.UNSUPPORTED_MEDIA_TYPE, Status.PAYLOAD_INVALID, message);
    }

    private void refuseSize() {
        refuse(HttpStatus.TOO_LARGE, Status.VALUE_SIZE, HttpMessages.bodyTooLarge(bytesMax));
    }

    private void refuse(int httpStatus, Status status, String message) {
        refused = true;
        exchange.refuse(httpStatus, status, message);
    }

    private void startTimer() {
        if (timeoutMs > 0) {
            freshBytes = 0;
            timer = vertx.setTimer(timeoutMs, due -> checkProgress());
        }
    }

    private void checkProgress() {
        if (freshBytes >= GatewayLimits.PROGRESS_BYTES_MIN) {
            startTimer();
        } else {
            drop();
        }
    }

    private void drop() {
        HttpServerRequest request = exchange.request();
        if (request.version() == HttpVersion.HTTP_2) {
            LATE_STREAM.log(request.remoteAddress());
            leave();
            request.response().reset();
        } else {
            LATE.log(request.remoteAddress());
            timer = NO_TIMER;
            request.connection().close();
        }
    }

    private void ended() {
        stopTimer();
        exchange.peer().end(this);
    }

    /** Releases all that the body holds, because no more of it will come. May be called again. */
    void leave() {
        ended();
        bytes.release();
    }

    private void stopTimer() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    /** Returns the charset that a content type names if it is not UTF-8; otherwise null. */
    private static @Nullable String otherCharset(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith(CHARSET)) {
                String charset = parameter.substring(CHARSET.length()).replaceAll("[\"']", "");
                if (!UTF_8_NAMES.contains(charset)) {
                    return charset;
                }
            }
        }
        return null;
    }

    /** Returns the declared length; 0 if there is none, because {@link #take} also counts the bytes. */
    private static long declaredBytes(@Nullable String contentLength) {
        try {
            return contentLength == null ? 0 : Long.parseLong(contentLength.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
