package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.gateway.http.Resource.Kind;
import dev.tessera.testing.Layer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class ResourceTest {

    @ParameterizedTest
    @CsvSource({
        "user,user",
        "a%2Fb,a/b",
        "a/b,a/b",
        "'',''",
        "/,/",
        ".,.",
        "..,..",
        "%2E%2e,..",
        "a+b,a+b",
        "a%20b,a b",
        "%F0%9F%98%80,😀",
        "%00,'\0'",
        "keys/x,keys/x",
        "%25,%",
        "a%3Fb,a?b"
    })
    void shouldReadTheRestAfterKeysAsTheKey(String raw, String key) throws Exception {
        assertThat(resourceOf("/v1/sessions/7/keys/" + raw)).isEqualTo(new Resource(Kind.KEY, "7", key));
    }

    @Test
    void shouldKnowTheOtherPaths() throws Exception {
        assertThat(resourceOf("/v1/commands")).isEqualTo(new Resource(Kind.COMMANDS, null, null));
        assertThat(resourceOf("/v1/sessions")).isEqualTo(new Resource(Kind.SESSIONS, null, null));
        assertThat(resourceOf("/v1/sessions/x7")).isEqualTo(new Resource(Kind.SESSION, "x7", null));
        assertThat(resourceOf("/v1/sessions/7/keys")).isEqualTo(new Resource(Kind.KEYS, "7", null));
        assertThat(resourceOf("/openapi.json")).isEqualTo(new Resource(Kind.DESCRIPTION, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/v1",
                "/v1/commands/",
                "/v1/sessions/7/",
                "/v1/sessions/7/key",
                "/v1/sessions/7/keysx",
                "/V1/commands"
            })
    void shouldKnowNoOtherPath(String path) throws Exception {
        assertThat(resourceOf(path)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%FF", "%C0%80", "%ED%A0%80", "é"})
    void shouldRefuseKeysThatAreNotPercentEncodedUtf8(String raw) {
        assertThatThrownBy(() -> resourceOf("/v1/sessions/7/keys/" + raw)).isInstanceOf(PercentDecoder.IllFormed.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "name=a,a",
                "x=1&name=a+b%2B,a b+",
                "name,''",
                "name=,''",
                "name=a&name=b,a",
                "n%61me=a,a",
                "nam=a,-",
                "'',-",
                "-,-",
                "name=a=b,a=b"
            })
    void shouldReadParametersOfQueries(String query, String value) throws Exception {
        assertThat(PercentDecoder.ofQuery(query, "name")).isEqualTo(value);
    }

    /** Routes a path as the gateway's routes do; returns null if no route matches. */
    private static @Nullable Resource resourceOf(String path) throws PercentDecoder.IllFormed {
        for (Kind kind : Kind.values()) {
            if (path.matches(kind.pathPattern())) {
                return Resource.of(kind, path);
            }
        }
        return null;
    }
}
