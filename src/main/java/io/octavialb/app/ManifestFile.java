package io.octavialb.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A file of Kubernetes objects of one kind: one or several YAML documents, a List, or JSON.
 *
 * <p>Anything else in it is an error that names it, for a plan that leaves something out would be taken for the whole.
 *
 * @param name the file's, for messages
 * @param kind {@code Service} or {@code Node}
 */
record ManifestFile(String name, String kind, String text) {
    private static final ObjectMapper JSON = new ObjectMapper().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    /** A cluster's nodes with all their fields can be large. */
    private static final int LARGEST = 256 * 1024 * 1024;

    /** Reads it; {@code -} is standard input. */
    static ManifestFile read(String path, String kind, InputStream standardInput) throws StartupException {
        String name = path.equals("-") ? "standard input" : path;
        try {
            byte[] bytes = path.equals("-") ? standardInput.readAllBytes() : Files.readAllBytes(Path.of(path));
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new ManifestFile(name, kind, text);
        } catch (NoSuchFileException e) {
            throw new StartupException(name + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new StartupException(name + ": is not text in UTF-8", e);
        } catch (IOException e) {
            throw new StartupException(
                    name + ": can't be read: " + (Files.isDirectory(Path.of(path)) ? "is a folder" : OneLine.of(e)), e);
        }
    }

    /** The objects, in order; at least one. */
    List<JsonNode> objects() throws StartupException {
        List<JsonNode> objects = new ArrayList<>();
        int number = 0;
        for (JsonNode document : documents()) {
            number++;
            if (!document.isNull()) {
                collect("document " + number, document, objects);
            }
        }
        if (objects.isEmpty()) {
            throw wrong("holds no " + kind);
        }
        return objects;
    }

    private List<JsonNode> documents() throws StartupException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LARGEST);
        try {
            List<JsonNode> documents = new ArrayList<>();
            for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
                documents.add(JSON.valueToTree(document));
            }
            return documents;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String where = mark == null ? "" : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
            throw new StartupException(name + ": " + where + ": invalid YAML: " + firstLine(e.getProblem()), e);
        } catch (YAMLException | IllegalArgumentException e) {
            throw new StartupException(name + ": invalid YAML: " + OneLine.of(e), e);
        }
    }

    private void collect(String where, JsonNode object, List<JsonNode> objects) throws StartupException {
        String found = object.path("kind").asText("");
        if (found.equals("List") || found.equals(kind + "List")) {
            int number = 0;
            for (JsonNode item : object.path("items")) {
                collect(where + ", item " + ++number, item, objects);
            }
        } else if (found.isEmpty()) {
            throw wrong(where + " is no " + kind + ": it has no kind");
        } else if (!found.equals(kind)
                || !object.path("apiVersion").asText("v1").equals("v1")) {
            String called = object.path("metadata").path("name").asText("");
            throw wrong(where + " is no " + kind + " but a " + found + (called.isEmpty() ? "" : " (" + called + ")")
                    + ": give a file that holds only " + kind + "s");
        } else if (!object.path("metadata").path("name").isTextual()) {
            throw wrong(where + ": metadata.name is missing");
        } else {
            objects.add(object);
        }
    }

    /** One of the objects as the API server would read it. */
    <T> T as(Class<T> type, JsonNode object) throws StartupException {
        try {
            return KUBERNETES.unmarshal(object.toString(), type);
        } catch (RuntimeException e) {
            throw new StartupException(
                    name + ": " + kind + " "
                            + object.path("metadata").path("name").asText() + ": " + Mismatch.of(e),
                    e);
        }
    }

    static JsonNode tree(Object object) {
        return KUBERNETES.convertValue(object, JsonNode.class);
    }

    StartupException wrong(String what) {
        return new StartupException(name + ": " + what);
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
