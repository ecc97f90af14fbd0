package dev.tessera.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A reader of a JSON file: one object, which contains an object for each section. Every member must be a section or a
 * setting, and may occur once.
 */
final class ConfigurationFile {

    private static final int FILE_BYTES_MAX = 1 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final SettingNames NAMES = new SettingNames(UnaryOperator.identity());

    private final Origin origin;
    private final Values values = new Values();

    private ConfigurationFile(Path file) {
        origin = new Origin(Origin.Kind.FILE, file.toString());
    }

    /**
     * Returns the settings in the file.
     *
     * @throws ConfigurationException if the file cannot be read, is not JSON, or has an unknown or unusable member
     */
    static Values read(Path file) {
        ConfigurationFile reader = new ConfigurationFile(file);
        reader.readSection("", reader.parse(file));
        return reader.values;
    }

    private JsonNode parse(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw fault("larger than " + FILE_BYTES_MAX + " bytes, this cannot be a configuration file");
            }
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw fault("not JSON" + position(e) + ": " + problem(e));
        } catch (NoSuchFileException e) {
            throw fault("there is no such configuration file; check the path given with --config");
        } catch (AccessDeniedException e) {
            throw fault("this configuration file may not be read; check its permissions");
        } catch (IOException e) {
            throw fault("this configuration file cannot be read (" + e.getMessage() + ")");
        }
    }

    /**
     * Returns the first line of Jackson's message. Some messages name a second position in Jackson's own terms, which
     * helps nobody, so that it is cut off.
     */
    private static String problem(JsonProcessingException e) {
        String line = e.getOriginalMessage().lines().findFirst().orElse("cannot be parsed");
        int secondPosition = line.indexOf(" (start marker at ");
        return secondPosition < 0 ? line : line.substring(0, secondPosition);
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private void readSection(String section, JsonNode node) {
        if (!node.isObject()) {
            throw fault(section.isEmpty() ? "must hold a JSON object" : section + " must be an object of settings");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String path = section.isEmpty() ? member.getKey() : section + "." + member.getKey();
            if (NAMES.anyStartsWith(path + ".")) {
                readSection(path, member.getValue());
            } else {
                // A member's name that contains a dot is not a path.
                Setting<?> setting = member.getKey().contains(".") ? null : NAMES.find(path);
                if (setting == null) {
                    throw unknown(path);
                }
                values.use(path, setting, NAMES, origin);
                put(setting, member.getValue());
            }
        }
    }

    private <T> void put(Setting<T> setting, JsonNode value) {
        values.put(setting, setting.parse(value, origin), origin);
    }

    private ConfigurationException unknown(String path) {
        String hint = NAMES.find(path) != null
                ? " (write a section as an object, not with a dot in the name)"
                : NAMES.suggestion(path);
        return fault("there is no setting " + path + hint);
    }

    private ConfigurationException fault(String problem) {
        return new ConfigurationException(origin, problem);
    }
}
