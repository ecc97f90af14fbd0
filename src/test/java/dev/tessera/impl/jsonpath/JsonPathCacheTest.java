package dev.tessera.impl.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.jsonpath.parser.JsonPathSyntaxException;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class JsonPathCacheTest {

    private final JsonPathCache cache = new JsonPathCache(JsonPathOptions.DEFAULT, 2);

    @Test
    void shouldCompileAQueryOnce() {
        assertThat(cache.get("$.a")).isSameAs(cache.get("$.a"));
    }

    @Test
    void shouldDropTheLeastRecentlyUsedQuery() {
        JsonPath first = cache.get("$.a");
        JsonPath second = cache.get("$.b");
        cache.get("$.a");
        cache.get("$.c");
        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.get("$.a")).isSameAs(first);
        assertThat(cache.get("$.b")).isNotSameAs(second);
    }

    @Test
    void shouldNotKeepWhatDoesNotCompile() {
        assertThatThrownBy(() -> cache.get("$[")).isInstanceOf(JsonPathSyntaxException.class);
        assertThat(cache.size()).isZero();
    }

    @Test
    void shouldRefuseToKeepNothing() {
        assertThatThrownBy(() -> new JsonPathCache(JsonPathOptions.DEFAULT, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
