package dev.tessera.impl.http;

import io.netty.handler.codec.http.ContentLengthNotAllowedException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.TransferEncodingNotAllowedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reason for which a request is refused by its framing alone, with the rules of RFC 9112. A client and a proxy
 * could disagree about where such a request ends, so its connection closes.
 *
 * @param status the HTTP status
 * @param message the reason in plain words
 */
record HttpProblem(int status, String message) {

    /** Netty reads a line that begins with a colon as a header of this name. */
    private static final String NO_NAME = "";

    static final HttpProblem NOT_HTTP = new HttpProblem(400, RequestMessages.NOT_HTTP);
    static final HttpProblem VERSION = new HttpProblem(505, RequestMessages.VERSION);
    static final HttpProblem HOST = new HttpProblem(400, RequestMessages.NO_HOST);
    static final HttpProblem TARGET_HOST = new HttpProblem(400, RequestMessages.TARGET_HOST);
    static final HttpProblem TRANSFER_ENCODING = new HttpProblem(400, RequestMessages.TRANSFER_ENCODING);
    static final HttpProblem BODY = new HttpProblem(400, RequestMessages.CHUNKS);
    static final HttpProblem LINE_TOO_LONG = new HttpProblem(414, RequestMessages.URL_TOO_LONG);
    static final HttpProblem HEADER_TOO_LONG = new HttpProblem(431, RequestMessages.HEADER_TOO_LONG);

    /** Returns why the head of a request is refused; null if it is not. */
    static @Nullable HttpProblem ofHead(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return ofHead(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        boolean isHttp11 = version.equals(HttpVersion.HTTP_1_1);
        if (!isHttp11 && !version.equals(HttpVersion.HTTP_1_0)) {
            return VERSION;
        }
        if (!isSpelt(version)) {
            return NOT_HTTP;
        }
        HttpHeaders headers = request.headers();
        if (headers.contains(NO_NAME)) {
            return NOT_HTTP;
        }
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (isHttp11 && hosts == 0)) {
            return HOST;
        }
        if (!TargetAuthority.isReadable(request)) {
            return TARGET_HOST;
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean isFramed = codings.isEmpty()
                || (codings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))
                        && isHttp11
                        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH));
        return isFramed ? null : TRANSFER_ENCODING;
    }

    /**
     * Returns whether the version has capital letters, as RFC 9112 demands. Netty makes a new object for other letters,
     * and Vert.x knows only the constants.
     */
    @SuppressWarnings("ReferenceEquality") // equal objects have lost the letters of the client
    private static boolean isSpelt(HttpVersion version) {
        return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
    }

    private static HttpProblem ofHead(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return LINE_TOO_LONG;
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return HEADER_TOO_LONG;
        }
        return cause instanceof ContentLengthNotAllowedException || cause instanceof TransferEncodingNotAllowedException
                ? TRANSFER_ENCODING
                : NOT_HTTP;
    }
}
