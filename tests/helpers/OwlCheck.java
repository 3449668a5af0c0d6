import java.io.File;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Tells of each file what keeps it from being OWL 2 DL, and what HermiT makes of it. */
public class OwlCheck {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
            OWLOntology ontology = manager.loadOntologyFromOntologyDocument(new File(file));
            System.out.println("axioms " + ontology.getAxiomCount());
            for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations())
                System.out.println("violation " + violation.toString().replace('\n', ' '));
            Reasoner reasoner = new Reasoner(ontology);
            System.out.println("consistent " + reasoner.isConsistent());
            if (reasoner.isConsistent())
                for (OWLClass empty : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom())
                    System.out.println("unsatisfiable " + empty.getIRI());
        }
    }
}
