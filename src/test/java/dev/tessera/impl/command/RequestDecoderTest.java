package dev.tessera.impl.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the faults of the decoder, row by row of the protocol's tables of errors, and their order. */
@Tag(Layer.UNIT)
class RequestDecoderTest {

    private static final int DEPTH_MAX = 8;

    private final RequestDecoder decoder =
            new RequestDecoder(Commands.of(CommandRunner.COMMANDS, Set.of("SH_END_ALL", "KV_CLEAR")), DEPTH_MAX);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "{",
                "{\"KV_SET\"",
                "{\"KV_SET\":",
                "{\"KV_SET\":{",
                "{\"KV_SET\":{}",
                "{\"KV_SET\":{}}}",
                "{\"KV_SET\":{}} x",
                """
                        {"KV_SET":{}}{"KV_SET":{}}""",
                "{\"KV_SET\":{},}",
                """
                        {"KV_SET":{"tkn":1,}}""",
                "{'KV_SET':{}}",
                "{KV_SET:{}}",
                """
                        {"KV_SET":{"tkn":01}}""",
                """
                        {"KV_SET":{"tkn":1,"keys":{"a":}}}""",
                """
                        {"KV_SET":{"tkn":1,"keys":{"a":1}} // c\n}""",
                """
                        {"KV_SET":{"tkn":1,"keys":{"a":"\\ud800"}}}""",
                """
                        {"KV_SET":{"tkn":1,"keys":{"\\ud800":1}}}""",
                "{\"\\udc00\":{}}",
                """
                        {"KV_SET":{"tkn":1,"keys":{"a":[[[[[[]]]]]]}}}""",
                "[[[[[[[[[]]]]]]]]]",
                """
                        {"KV_SET":{"tkn":"\n"}}""",
                "1 2",
                "[1}",
                "nul",
                """
                        {"NO_SUCH":{"a":[1,]}}""",
                """
                        {"a":1,"b":}""",
                "\ufeff{}",
                "{\"KV_SET\":{}}\u0000"
            })
    void shouldRefuseTextThatIsNotJson(String message) {
        assertError(message, Status.JSON_INVALID);
    }

    @Test
    void shouldReportTheOffsetAtWhichTheMessageStopsBeingJson() throws IllFormedTextException {
        byte[] text = "####{\"KV_SET\":x}####".getBytes(UTF_8);
        Request request = decoder.decode(text, 4, text.length - 4);

        assertThat(fault(request).message()).isEqualTo(Messages.notJson("expected a value", 10));
    }

    @Test
    void shouldNestAsDeepAsTheLimit() {
        assertThat(decode("""
                {"KV_SET":{"tkn":1,"keys":{"a":[[[[[]]]]]}}}""").fault()).isNull();
        assertError("""
                {"KV_SET":{"tkn":1,"keys":{"a":[[[[[[]]]]]]}}}""", Status.JSON_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"KV_SET\":{}}]",
                "1",
                "-1.5e3",
                "\"KV_SET\"",
                "true",
                "false",
                "null",
                "{}",
                " { } ",
                " \n[ ]"
            })
    void shouldRefuseJsonThatIsNotACommand(String message) {
        assertError(message, Status.COMMAND_SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                        {"KV_SET":{},"KV_GET":{}}""", """
                        {"KV_SET":{},"KV_SET":{}}""", """
                        {"a":1,"b":2}""", """
                        {"KV_GET":{"tkn":1,"keys":[]},"x":1,"y":2}""", """
                        {"KV_SET":1,"x":1}""", """
                        {"SH_END_ALL":{},"x":{}}""", """
                        {"":{},"":{}}"""})
    void shouldRefuseMoreThanOneMember(String message) {
        assertError(message, Status.COMMAND_MULTIPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"tkn\":1}]", "1", "\"x\"", "true", "false", "null"})
    void shouldRefuseBodyThatIsNotAnObject(String body) {
        for (String name : List.of("KV_SET", "SH_NEW", "SH_INFO_ALL", "KV_CLEAR", "NO_SUCH", "kv_set", "")) {
            assertFault("{\"" + name + "\":" + body + "}", name, Status.COMMAND_TYPE, null);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO_SUCH",
                "kv_set",
                "KV_SET ",
                " KV_SET",
                "KV_SE",
                "KV_SETT",
                "KV_SET_RSP",
                "",
                "ERR",
                "\u00e9\u20ac",
                "KV_SET\\u0000",
                "\\\"",
                "KV-SET"
            })
    void shouldRefuseUnknownNameAndRepeatIt(String name) {
        assertFault("{\"" + name + "\":{}}", name, Status.COMMAND_NOT_EXIST, null);
        assertFault("""
                        {"%s":{"tkn":18446744073709551615}}""".formatted(name), name, Status.COMMAND_NOT_EXIST, "18446744073709551615");
        assertFault("""
                {"%s":{"tkn":-1,"keys":5}}""".formatted(name), name, Status.COMMAND_NOT_EXIST, null);
        assertFault("""
                {"%s":{"tkn":5,"tkn":"6"}}""".formatted(name), name, Status.COMMAND_NOT_EXIST, null);
    }

    @Test
    void shouldRepeatTheNameInCanonicalSpelling() {
        assertFault("""
                {"N\\u006f\\/":{"t\\u006bn":7}}""", "No/", Status.COMMAND_NOT_EXIST, "7");
    }

    @Test
    void shouldRefuseADisabledCommandBeforeItsParameters() {
        assertFault("{\"SH_END_ALL\":{}}", "SH_END_ALL", Status.COMMAND_DISABLED, null);
        assertFault("{\"KV_CLEAR\":{}}", "KV_CLEAR", Status.COMMAND_DISABLED, null);
        assertFault("""
                {"KV_CLEAR":{"tkn":"x"}}""", "KV_CLEAR", Status.COMMAND_DISABLED, null);
        assertFault("""
                {"KV_CLEAR":{"tkn":4}}""", "KV_CLEAR", Status.COMMAND_DISABLED, "4");
        assertFault("{\"KV_CLEAR\":1}", "KV_CLEAR", Status.COMMAND_TYPE, null);
        RequestDecoder noSets = new RequestDecoder(Commands.of(CommandRunner.COMMANDS, Set.of("KV_SET")), DEPTH_MAX);
        assertThat(fault(decode(noSets, "{\"KV_SET\":{}}")).status()).isEqualTo(Status.COMMAND_DISABLED);
        assertThat(decode(noSets, """
                {"KV_SETQ":{"tkn":1,"keys":{"a":1}}}""").fault()).isNull();
    }

    @Test
    void shouldRefuseToDisableAnUnknownCommand() {
        assertThatThrownBy(() -> Commands.of(CommandRunner.COMMANDS, Set.of("KV_STE")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KV_STE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"KV_SET", "KV_SETQ", "KV_ADD", "KV_ADDQ", "KV_CLEAR_SET", "KV_GET", "KV_CONTAINS", "KV_RMV"})
    void shouldRefuseCommandWithoutKeys(String name) {
        assertFault("""
                {"%s":{"tkn":7}}""".formatted(name), name, Status.PARAM_MISSING, "7", Messages.missing("keys"));
        assertFault("""
                        {"%s":{"tkn":"bad","Keys":{}}}""".formatted(name), name, Status.PARAM_MISSING, null, Messages.missing("keys"));
        assertFault("{\"" + name + "\":{}}", name, Status.PARAM_MISSING, null, Messages.missing("keys"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SH_NEW", "SH_OPEN"})
    void shouldRefuseCommandWithoutName(String name) {
        assertFault("{\"" + name + "\":{}}", name, Status.PARAM_MISSING, null, Messages.missing("name"));
        assertFault("""
                        {"%s":{"tkn":7,"name":5}}""".formatted(name), name, Status.VALUE_TYPE_INVALID, null, Messages.wrongType("name", "a string"));
        assertFault("""
                        {"%s":{"tkn":7,"name":null}}""".formatted(name), name, Status.VALUE_TYPE_INVALID, null, Messages.wrongType("name", "a string"));
        assertFault("""
                        {"%s":{"tkn":7,"name":""}}""".formatted(name), name, Status.VALUE_SIZE, null, Messages.empty("name"));
    }

    @Test
    void shouldRefuseExistsWithoutTokens() {
        assertFault("{\"SH_EXISTS\":{}}", "SH_EXISTS", Status.PARAM_MISSING, null, Messages.missing("tkns"));
        assertFault(
                """
                        {"SH_EXISTS":{"tkns":5}}""", "SH_EXISTS", Status.VALUE_TYPE_INVALID, null, Messages.wrongType("tkns", "an array of tokens"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KV_SET", "KV_SETQ", "KV_ADD", "KV_ADDQ", "KV_CLEAR_SET"})
    void shouldRefuseEntriesOfAnotherType(String name) {
        for (String value : List.of("[]", "[\"a\"]", "1", "\"a\"", "true", "null")) {
            assertFault(
                    """
                            {"%s":{"tkn":7,"keys":%s}}""".formatted(name, value),
                    name,
                    Status.VALUE_TYPE_INVALID,
                    "7",
                    Messages.wrongType("keys", "an object"));
            assertFault(
                    """
                            {"%s":{"keys":%s}}""".formatted(name, value),
                    name,
                    Status.VALUE_TYPE_INVALID,
                    null,
                    Messages.wrongType("keys", "an object"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KV_GET", "KV_CONTAINS", "KV_RMV"})
    void shouldRefuseKeysOfAnotherType(String name) {
        for (String value : List.of("{}", "{\"a\":1}", "1", "\"a\"", "true", "null")) {
            assertFault(
                    """
                            {"%s":{"tkn":7,"keys":%s}}""".formatted(name, value),
                    name,
                    Status.VALUE_TYPE_INVALID,
                    "7",
                    Messages.wrongType("keys", "an array of strings"));
        }
    }

    @Test
    void shouldRefuseEmptyKeysIfTheCommandRequiresSome() {
        for (String name : List.of("KV_SET", "KV_SETQ", "KV_ADDQ")) {
            assertFault("""
                            {"%s":{"tkn":7,"keys":{}}}""".formatted(name), name, Status.VALUE_SIZE, "7", Messages.empty("keys"));
            assertFault("""
                            {"%s":{"tkn":null,"keys":{ }}}""".formatted(name), name, Status.VALUE_SIZE, null, Messages.empty("keys"));
        }
        assertFault("""
                {"KV_RMV":{"tkn":7,"keys":[]}}""", "KV_RMV", Status.VALUE_SIZE, "7", Messages.empty("keys"));
        for (String accepted : List.of("""
                        {"KV_ADD":{"tkn":7,"keys":{}}}""", """
                        {"KV_CLEAR_SET":{"tkn":7,"keys":{}}}""", """
                        {"KV_GET":{"tkn":7,"keys":[]}}""", """
                        {"KV_CONTAINS":{"tkn":7,"keys":[]}}""", """
                        {"KV_RMV":{"tkn":7,"keys":[1]}}""")) {
            assertThat(decode(accepted).fault()).as(accepted).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"123\"",
                "1.5",
                "1.0",
                "-1",
                "-0",
                "1e3",
                "1E3",
                "18446744073709551616",
                "99999999999999999999",
                "100000000000000000000",
                "{}",
                "[1]",
                "true",
                "\"\""
            })
    void shouldRefuseTokenThatIsNone(String token) {
        String message = token.startsWith("\"") ? Messages.TOKEN_IS_A_STRING : Messages.notUnsigned("tkn");
        for (String name : List.of("KV_COUNT", "KV_KEYS", "SH_END", "SH_INFO")) {
            assertFault("""
                            {"%s":{"tkn":%s}}""".formatted(name, token), name, Status.SESSION_TOKEN_INVALID, null, message);
        }
        assertFault("""
                        {"KV_SET":{"tkn":%s,"keys":{"a":1}}}""".formatted(token), "KV_SET", Status.SESSION_TOKEN_INVALID, null, message);
        assertFault("""
                        {"KV_GET":{"keys":[],"tkn":%s}}""".formatted(token), "KV_GET", Status.SESSION_TOKEN_INVALID, null, message);
    }

    @Test
    void shouldRefuseAbsentToken() {
        for (String name : List.of("KV_COUNT", "KV_KEYS", "SH_END", "SH_INFO")) {
            assertFault("{\"" + name + "\":{}}", name, Status.SESSION_TOKEN_INVALID, null);
            assertFault("""
                    {"%s":{"TKN":1}}""".formatted(name), name, Status.SESSION_TOKEN_INVALID, null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "9223372036854775807", "9223372036854775808", "18446744073709551615"})
    void shouldTakeEveryToken(String token) {
        Request request = decode("""
                {"KV_COUNT":{"tkn": %s }}""".formatted(token));

        assertThat(request.fault()).isNull();
        assertThat(request.hasToken()).isTrue();
        assertThat(request.token()).isEqualTo(Long.parseUnsignedLong(token));
        assertThat(request.command().name()).isEqualTo("KV_COUNT");
    }

    /** An earlier check wins over all later ones, independently of the order of the parameters. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"KV_SET\":1,\"x\":}|3",
                "{\"KV_SET\":1,\"x\":2}|11",
                "{\"NO_SUCH\":1}|12",
                "{\"NO_SUCH\":{}}|10",
                "{\"KV_CLEAR\":{}}|14",
                "{\"SH_NEW\":{\"shared\":1,\"expiry\":{}}}|26",
                "{\"SH_NEW\":{\"name\":\"\",\"shared\":1}}|41",
                "{\"SH_NEW\":{\"shared\":1,\"name\":\"\"}}|41",
                "{\"SH_NEW\":{\"name\":5,\"expiry\":{\"duration\":1}}}|26",
                "{\"SH_NEW\":{\"name\":\"\",\"expiry\":{\"deleteSession\":true}}}|26",
                "{\"SH_NEW\":{\"name\":\"\",\"expiry\":{\"duration\":\"1\",\"deleteSession\":true}}}|41",
                "{\"SH_NEW\":{\"name\":\"\",\"expiry\":{\"duration\":1,\"deleteSession\":true}}}|42",
                "{\"KV_SET\":{\"tkn\":\"x\"}}|26",
                "{\"KV_SET\":{\"tkn\":\"x\",\"keys\":1}}|41",
                "{\"KV_SET\":{\"tkn\":\"x\",\"keys\":{}}}|42",
                "{\"KV_SET\":{\"tkn\":\"x\",\"keys\":{\"a\":1}}}|101",
                "{\"KV_SET\":{\"keys\":{\"a\":1},\"tkn\":1.5}}|101"
            })
    void shouldCheckInTheOrderOfTheTable(String message, int status) {
        assertThat(decode(message).fault().status().code()).isEqualTo(status);
    }

    static Stream<Arguments> wrongExpiries() {
        Fault noObject = new Fault(Status.VALUE_TYPE_INVALID, Messages.wrongType("expiry", "an object"));
        Fault noDuration = new Fault(Status.PARAM_MISSING, Messages.missing("expiry.duration"));
        Fault noDelete = new Fault(Status.PARAM_MISSING, Messages.missing("expiry.deleteSession"));
        Fault wrongDuration = new Fault(Status.VALUE_TYPE_INVALID, Messages.notUnsigned("expiry.duration"));
        Fault wrongDelete =
                new Fault(Status.VALUE_TYPE_INVALID, Messages.wrongType("expiry.deleteSession", "true or false"));
        return Stream.of(
                arguments("1", noObject),
                arguments("null", noObject),
                arguments("[]", noObject),
                arguments("{}", noDuration),
                arguments("{\"deleteSession\":true}", noDuration),
                arguments("{\"duration\":1}", noDelete),
                arguments("{\"duration\":\"x\"}", noDelete),
                arguments("{\"duration\":1.5,\"deleteSession\":true}", wrongDuration),
                arguments("{\"duration\":-1,\"deleteSession\":true}", wrongDuration),
                arguments("{\"duration\":18446744073709551616,\"deleteSession\":true}", wrongDuration),
                arguments("{\"duration\":null,\"deleteSession\":true}", wrongDuration),
                arguments("{\"duration\":\"1\",\"deleteSession\":1}", wrongDuration),
                arguments("{\"duration\":1,\"deleteSession\":1}", wrongDelete),
                arguments("{\"duration\":1,\"deleteSession\":null}", wrongDelete),
                arguments("{\"duration\":1,\"deleteSession\":\"true\"}", wrongDelete));
    }

    @ParameterizedTest
    @MethodSource("wrongExpiries")
    void shouldRefuseExpiry(String expiry, Fault fault) {
        assertFault("""
                        {"SH_NEW":{"name":"n","tkn":5,"expiry":%s}}""".formatted(expiry), "SH_NEW", fault.status(), null, fault.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                        {"duration":0,"deleteSession":false}""", """
                        {"duration":18446744073709551615,"deleteSession":true}""", """
                        { "deleteSession" : true , "duration" : 1 }""", """
                        {"duration":1,"deleteSession":true,"other":[]}""", """
                        {"duration":"x","duration":2,"deleteSession":1,"deleteSession":false}""", """
                        {"dur\\u0061tion":1,"delete\\u0053ession":true}"""})
    void shouldTakeExpiry(String expiry) {
        assertThat(decode("""
                {"SH_NEW":{"name":"n","expiry":%s}}""".formatted(expiry)).fault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "0", "\"true\"", "{}", "[true]"})
    void shouldRefuseSharedThatIsNoTruthValue(String shared) {
        assertFault(
                """
                        {"SH_NEW":{"name":"n","shared":%s}}""".formatted(shared),
                "SH_NEW",
                Status.VALUE_TYPE_INVALID,
                null,
                Messages.wrongType("shared", "true or false"));
    }

    @Test
    void shouldNeverRepeatTheTokenOfACommandThatTakesNone() {
        assertFault("""
                {"SH_NEW":{"tkn":5}}""", "SH_NEW", Status.PARAM_MISSING, null);
        assertFault("""
                {"SH_OPEN":{"tkn":5}}""", "SH_OPEN", Status.PARAM_MISSING, null);
        assertThat(decode("""
                {"SH_NEW":{"tkn":5,"name":"n"}}""").hasToken()).isFalse();
    }

    @Test
    void shouldForgetTheTokenOfTheMessageBefore() {
        decode("""
                {"KV_COUNT":{"tkn":5}}""");

        assertFault("{\"KV_COUNT\":{}}", "KV_COUNT", Status.SESSION_TOKEN_INVALID, null);
        decode("""
                {"KV_COUNT":{"tkn":5""");
        assertFault("{\"KV_COUNT\":[]}", "KV_COUNT", Status.COMMAND_TYPE, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                        {"KV_COUNT":{"tkn":5,"x":1}}""", """
                        {"KV_COUNT":{"x":{"tkn":"bad"},"tkn":5}}""", """
                        {"KV_COUNT":{"":[],"tkn":5,"keys":1,"name":null}}""", """
                        {"KV_COUNT":{"tkns":5,"tk":6,"tkn":5,"tknn":7}}"""})
    void shouldIgnoreUnknownParameters(String message) {
        assertThat(decode(message).fault()).isNull();
        assertThat(decode(message).token()).isEqualTo(5);
    }

    @Test
    void shouldCountTheLastOfRepeatedParameters() {
        Request request = decode("""
                {"KV_COUNT":{"tkn":"bad","tkn":6,"tkn":7}}""");
        assertThat(request.fault()).isNull();
        assertThat(request.token()).isEqualTo(7);

        assertThat(decode("""
                {"KV_GET":{"tkn":7,"keys":1,"keys":[]}}""").fault()).isNull();
        assertThat(decode("""
                {"KV_SET":{"tkn":7,"keys":{},"k\\u0065ys":{"a":1}}}""").fault()).isNull();
        assertFault("""
                {"KV_COUNT":{"tkn":6,"tkn":-7}}""", "KV_COUNT", Status.SESSION_TOKEN_INVALID, null);
        assertFault("""
                {"KV_GET":{"tkn":7,"keys":[],"keys":1}}""", "KV_GET", Status.VALUE_TYPE_INVALID, "7");
        assertFault("""
                {"KV_SET":{"tkn":7,"keys":{"a":1},"keys":{}}}""", "KV_SET", Status.VALUE_SIZE, "7");
    }

    @Test
    void shouldKnowNamesInEverySpelling() {
        Request request = decode(" " + """
                {"KV_S\\u0045T" :{ "\\u0074kn":7,"k\\u0065ys" : {"a":1}} }\s""");

        assertThat(request.fault()).isNull();
        assertThat(request.command().name()).isEqualTo("KV_SET");
        assertThat(request.token()).isEqualTo(7);
    }

    @Test
    void shouldFindEveryCommandByItsName() throws JsonProcessingException {
        RequestDecoder all = new RequestDecoder(Commands.of(CommandRunner.COMMANDS, Set.of()), DEPTH_MAX);
        for (Command command : CommandRunner.COMMANDS) {
            Map<String, Object> body = new LinkedHashMap<>(Map.of("tkn", 1));
            for (Parameter<?> parameter : command.parameters()) {
                if (parameter.required()) {
                    Object examples =
                            Objects.requireNonNull(parameter.schema().members().get("examples"));
                    body.put(parameter.name(), ((List<?>) examples).get(0));
                }
            }
            Request request = decode(all, new ObjectMapper().writeValueAsString(Map.of(command.name(), body)));
            assertThat(request.fault()).as(command.name()).isNull();
            assertThat(request.command()).isSameAs(command);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                        {"KV_SET":{"tkn":1,"keys":{"a":"\u0080"}}}""",
                """
                        {"KV_SET":{"tkn":1,"keys":{"\u00c0\u00af":1}}}""",
                "{\"\u00ed\u00a0\u0080\":{}}",
                "\u00ff",
                "{}\u00c3",
                "x\u00c3",
                """
                        {"KV_SET":{"tkn":1,"keys":{"a":"\u00f4\u0090\u0080\u0080"}}}""",
                "{\"a\":\"\u00e2\u0082",
                """
                        {,} "\u00c3\u00a9" "\u0080\""""
            })
    void shouldThrowOnIllFormedUtf8AndNotCallItJson(String bytesAsLatin1) {
        assertThatThrownBy(() -> decode(decoder, bytesAsLatin1.getBytes(ISO_8859_1)))
                .isInstanceOf(IllFormedTextException.class);
    }

    /**
     * The decoder rewrites names to canonical text in place, which moves bytes. A well-formed message must not look
     * ill-formed after that.
     */
    @ParameterizedTest
    @ValueSource(strings = {"""
                        {"KV_SET":{"tkn":1,"keys":{"\\/\u00e9":1}}} x""", """
                        {"KV_SET":{"tkn":1,"keys":{"\\u0061\u20ac\u20ac\u20ac":1}}""", "{\"\\/\u00e9\":{}", """
                        {"KV_GET":{"keys":["\\/\ud83d\ude00",]}}""", """
                        {"KV_SET":{"tkn":1,"keys":{"\\u00e9\u20ac":"\u00e9\\x"}}}"""})
    void shouldCallWellFormedTextNotJsonAfterCanonicalNames(String message) {
        assertError(message, Status.JSON_INVALID);
    }

    private void assertError(String message, Status status) {
        Request request = decode(message);
        assertThat(fault(request).status()).as(message).isEqualTo(status);
        assertThat(answer(request))
                .as(message)
                .startsWith("""
                        {"ERR":{"st":%s,"m":\"""".formatted(status.code()))
                .endsWith("\"}}");
    }

    private void assertFault(String message, String name, Status status, @Nullable String token) {
        Request request = decode(message);
        assertThat(fault(request).status()).as(message).isEqualTo(status);
        assertThat(answer(request))
                .as(message)
                .startsWith("""
                        {"%s_RSP":{"st":%s,"tkn":%s,"m":\"""".formatted(name, status.code(), token))
                .endsWith("\"}}");
    }

    private void assertFault(String message, String name, Status status, @Nullable String token, String why) {
        assertFault(message, name, status, token);
        assertThat(fault(decode(message)).message()).isEqualTo(why);
    }

    private static Fault fault(Request request) {
        return Objects.requireNonNull(request.fault());
    }

    private static String answer(Request request) {
        JsonWriter out = new JsonWriter();
        new Answer(out).fault(request, fault(request));
        return new String(out.take(0), UTF_8);
    }

    private Request decode(String message) {
        return decode(decoder, message);
    }

    private static Request decode(RequestDecoder decoder, String message) {
        try {
            return decode(decoder, message.getBytes(UTF_8));
        } catch (IllFormedTextException e) {
            throw new AssertionError(message, e);
        }
    }

    private static Request decode(RequestDecoder decoder, byte[] message) throws IllFormedTextException {
        return decoder.decode(message, 0, message.length);
    }
}
