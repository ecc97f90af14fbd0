package dev.tessera.soak;

import dev.tessera.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;

/** Requests over one connection, HTTP/1.1 with pipelining or HTTP/2. */
final class HttpRequests {

    /** One request. */
    record Ask(HttpMethod method, String uri, String body, boolean onlyNew) {

        static Ask command(String json) {
            return new Ask(HttpMethod.POST, "/v1/commands", json, false);
        }
    }

    /** The answer to a request. */
    record Got(int status, String body, String location) {}

    private final HttpClient client;
    private final Context context;
    private final int port;

    HttpRequests(Vertx vertx, int port, HttpVersion version) {
        this.port = port;
        context = vertx.getOrCreateContext();
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(version)
                        .setPipelining(true)
                        .setHttp2ClearTextUpgrade(false),
                new PoolOptions().setHttp1MaxSize(1).setHttp2MaxSize(1));
    }

    /** Sends all requests at once; over HTTP/1.1 they arrive in this order. */
    List<Got> send(List<Ask> asks) throws Exception {
        Promise<List<Got>> done = Promise.promise();
        context.runOnContext(now -> {
            List<Future<Got>> all = new ArrayList<>();
            asks.forEach(ask -> all.add(send(ask)));
            Future.all(all)
                    .map(ignored -> all.stream().map(Future::result).toList())
                    .onComplete(done);
        });
        return Await.result(done.future());
    }

    private Future<Got> send(Ask ask) {
        return client.request(ask.method(), port, "127.0.0.1", ask.uri()).compose(request -> {
            if (ask.onlyNew()) {
                request.putHeader("If-None-Match", "*");
            }
            return (ask.body() == null
                            ? request.send()
                            : request.putHeader("Content-Type", "application/json")
                                    .send(Buffer.buffer(ask.body())))
                    .compose(response -> response.body()
                            .map(body ->
                                    new Got(response.statusCode(), body.toString(), response.getHeader("Location"))));
        });
    }

    void close() throws Exception {
        Await.result(client.close());
    }
}
