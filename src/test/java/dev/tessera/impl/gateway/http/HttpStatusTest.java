package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Layer.UNIT)
class HttpStatusTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'ERR':{'st':3,'m':'x'}} | 400",
                "{'KV_FIND_RSP':{'st':4,'tkn':1,'m':'x'}} | 400",
                "{'X_RSP':{'st':10,'tkn':null,'m':'x'}} | 400",
                "{'KV_SET_RSP':{'st':26,'tkn':1}} | 400",
                "{'KV_SET_RSP':{'st':42,'tkn':1}} | 400",
                "{'KV_SET_RSP':{'st':101,'tkn':null}} | 400",
                "{'KV_SET_RSP':{'st':14,'tkn':1}} | 403",
                "{'KV_SET_RSP':{'st':100,'tkn':1}} | 404",
                "{'SH_OPEN_RSP':{'st':102,'tkn':null}} | 200",
                "{'SH_INFO_RSP':{'st':1,'tkn':1}} | 200",
                "{'KV_SET_RSP':{'st':200,'tkn':1}} | 503",
                "{'KV_SET_RSP':{'st':201,'tkn':1}} | 500",
                "{'KV_SET_RSP':{'st':202,'tkn':1}} | 422",
                "{'KV_FIND_RSP':{'st':203,'tkn':1}} | 422",
                "{'KV_SET_RSP':{'st':204,'tkn':1}} | 403",
                "{'KV_SET_RSP':{'st':205,'tkn':1}} | 507",
                "{'KV_SET_RSP':{'st':1000,'tkn':1}} | 500",
                "{'KV_GET_RSP':{'tkn':1,'keys':{'st':100}}} | 200",
                "{'KV_RMV_RSP':{'tkn':1,'st':22}} | 200",
                "{'KV_RMV_RSP':{}} | 200",
                "{'KV_UPDATE_RSP':{'st':22,'tkn':1,'key':'m','cnt':0}} | 200",
                "{'KV_PATCH_RSP':{'st':22,'tkn':1,'m':'there is no such key'}} | 404",
                "{'KV_BATCH_RSP':{'st':22,'tkn':1,'m':'there is no such key','at':0}} | 404",
                "{'a\\\"b\\\\_RSP':{'st':10,'tkn':null}} | 400"
            })
    void shouldFollowTheStatusWithWhichAnAnswerBegins(String answer, int expected) {
        assertThat(HttpStatus.of(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
    }
}
