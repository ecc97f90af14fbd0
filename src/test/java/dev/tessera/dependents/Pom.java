package dev.tessera.dependents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The dependencies that a POM declares, as far as they decide about the class path of a dependent program. */
record Pom(List<Dependency> dependencies) {

    /** A dependency by group and artifact; the versions are those of the test class path. */
    record Dependency(String group, String artifact, boolean optional) {

        @Override
        public String toString() {
            return group + ":" + artifact;
        }
    }

    /** Reads the dependencies that the project needs at run time, in the order of the file. */
    static Pom read(Path file) {
        try {
            Element project = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            List<Dependency> found = new ArrayList<>();
            for (Element list : children(project, "dependencies")) {
                for (Element dependency : children(list, "dependency")) {
                    String scope = text(dependency, "scope");
                    if (scope.isEmpty() || scope.equals("compile") || scope.equals("runtime")) {
                        found.add(new Dependency(
                                text(dependency, "groupId")
                                        .replaceAll("\\$\\{(project|pom)\\.groupId}", group(project)),
                                text(dependency, "artifactId"),
                                text(dependency, "optional").equals("true")));
                    }
                }
            }
            return new Pom(List.copyOf(found));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    private static String group(Element project) {
        String own = text(project, "groupId");
        return own.isEmpty() ? text(children(project, "parent").get(0), "groupId") : own;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }
}
