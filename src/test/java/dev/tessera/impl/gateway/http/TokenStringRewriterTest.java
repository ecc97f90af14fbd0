package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class TokenStringRewriterTest {

    private final TokenStringRewriter text = new TokenStringRewriter(16);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'X':{'tkn':'18446744073709551615'}} | {'X':{'tkn': 18446744073709551615 }}",
                "{'X':{'a':{'tkn':'1'},'tkn':'2'}} | {'X':{'a':{'tkn':'1'},'tkn': 2 }}",
                "{'X':{'\\u0074kn':'2'}} | {'X':{'\\u0074kn': 2 }}",
                "{'X':{'tkns':['1',2,'x','3']}} | {'X':{'tkns':[ 1 ,2,'x', 3 ]}}",
                "{'X':{'keys':['1'],'keys':{'tkn':'1'}}} | {'X':{'keys':['1'],'keys':{'tkn':'1'}}}"
            })
    void shouldMakeNumbersOfTokensInCommands(String command, String expected) {
        assertThat(accepted(json(command))).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'X':{'tkn':'18446744073709551616'}}",
                "{'X':{'tkn':'01'}}",
                "{'X':{'tkn':''}}",
                "{'X':{'tkn':'-1'}}",
                "{'X':{'tkn':' 1'}}",
                "{'X':{'tkn':'\\u0031'}}",
                "{'X':'tkn'}",
                "{'X':['tkn','1']}",
                "'1'",
                "[]",
                "{}",
                "",
                "{'X':{'tkn':'1",
                "nonsense"
            })
    void shouldKeepOtherTextsInACommand(String command) {
        assertThat(accepted(json(command))).isEqualTo(json(command));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'X_RSP':{'tkn':18446744073709551615,'st':1}} | {'X_RSP':{'tkn':'18446744073709551615','st':1}}",
                "{'X_RSP':{'st':1,'exist':[1,2],'notExist':[]}} | {'X_RSP':{'st':1,'exist':['1','2'],'notExist':[]}}",
                "{'X_RSP':{'st':101,'tkn':null,'m':'tkn'}} | {'X_RSP':{'st':101,'tkn':null,'m':'tkn'}}",
                "{'X_RSP':{'tkn':1,'keys':{'tkn':2,'exist':[3]}}} | {'X_RSP':{'tkn':'1','keys':{'tkn':2,'exist':[3]}}}",
                "{'X_RSP':{'tkn':1,'exist':24}} | {'X_RSP':{'tkn':'1','exist':24}}",
                "{'ERR':{'st':3,'m':'x'}} | {'ERR':{'st':3,'m':'x'}}"
            })
    void shouldMakeStringsOfTokensInAnswers(String answer, String expected) {
        assertThat(new String(text.quoteIn(bytes(json(answer))), StandardCharsets.UTF_8))
                .isEqualTo(json(expected));
    }

    private String accepted(String command) {
        byte[] bytes = bytes("xx" + command + "yy");
        text.acceptIn(bytes, 2, bytes.length - 2);
        String all = new String(bytes, StandardCharsets.UTF_8);
        assertThat(all).startsWith("xx").endsWith("yy");
        return all.substring(2, all.length() - 2);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
