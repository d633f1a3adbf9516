package io.octavialb.app;

import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.config.CloudsYamlSource.CloudsYamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the cloud-config file, and clouds.yaml where it refers to it, from disk. */
final class CloudConfigFile {
    private static final Logger LOG = LoggerFactory.getLogger(CloudConfigFile.class);

    private CloudConfigFile() {}

    /** The settings; warnings are logged. Throws {@link StartupException} that names everything wrong with the file. */
    static CloudConfig read(Path path) throws StartupException {
        CloudConfigResult result = CloudConfig.parse(path.toString(), text(path), CloudConfigFile::cloudsYaml);
        result.warnings().forEach(warning -> LOG.warn("{}", warning.message()));
        return switch (result) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new StartupException(invalid.message());
        };
    }

    private static String text(Path path) throws StartupException {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new StartupException(path + ": no such file: name the cloud-config file with --cloud-config", e);
        } catch (IOException e) {
            throw new StartupException(path + ": can't be read: " + e, e);
        }
    }

    /** Where OpenStack clients look: the working directory, the user's configuration, the system's. */
    private static List<Path> usualPlaces() {
        return List.of(
                Path.of("clouds.yaml"),
                Path.of(System.getProperty("user.home", "/"), ".config/openstack/clouds.yaml"),
                Path.of("/etc/openstack/clouds.yaml"));
    }

    private static CloudsYamlText cloudsYaml(@Nullable String named) {
        List<Path> places = named == null ? usualPlaces() : List.of(Path.of(named));
        for (Path place : places) {
            try {
                return new CloudsYamlText.Found(place.toString(), Files.readString(place));
            } catch (NoSuchFileException e) {
                LOG.debug("{}: no such file", e.getFile());
            } catch (IOException e) {
                return new CloudsYamlText.Missing(place.toString(), "can't be read: " + e);
            }
        }
        return new CloudsYamlText.Missing(
                "clouds.yaml", "not found at " + places + ": name the file with clouds-file in [Global]");
    }
}
