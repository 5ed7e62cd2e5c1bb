import type { ReasonCode } from "@tessera/contracts";

/** `title` is read at two metres: one or two words. `help` says what staff do. */
export const reasons = {
  malformed: {
    title: "Illisible",
    help: "Ce n’est pas un billet Tessera, ou il est abîmé. Demandez d’ouvrir le billet dans la boutique.",
  },
  unknown_version: {
    title: "Trop récent",
    help: "Ce code est plus récent que cette tablette. Mettez la tablette à jour et appelez un superviseur.",
  },
  unknown_issuer: {
    title: "Émetteur inconnu",
    help: "Ce billet ne vient pas de l’organisateur. Ne laissez pas entrer et appelez un superviseur.",
  },
  bad_signature: {
    title: "Faux billet",
    help: "La signature ne correspond pas. Ne laissez pas entrer et appelez un superviseur.",
  },
  unknown_ticket: {
    title: "Pas sur la liste",
    help: "Demandez une pièce d’identité et appelez un superviseur : la liste est peut-être ancienne.",
  },
  revoked: { title: "Annulé", help: "Ce billet a été annulé ou remboursé. Dirigez la personne vers l’accueil." },
  blocked: { title: "Bloqué", help: "Ce billet est bloqué. Appelez un superviseur." },
  superseded: {
    title: "Remplacé",
    help: "Le billet a changé de main ou de téléphone. Demandez le billet sur le nouveau téléphone.",
  },
  not_current_pass: {
    title: "Mauvais code",
    help: "Ce code n’est pas le dernier de ce billet. Demandez de rouvrir le billet.",
  },
  unlisted_pass: {
    title: "Code non listé",
    help: "Ce code n’est pas sur la liste. Demandez une pièce d’identité et appelez un superviseur.",
  },
  wrong_competition_session: {
    title: "Autre épreuve",
    help: "Le billet est pour une autre épreuve. Montrez l’heure et le lieu qui y sont écrits.",
  },
  wrong_zone: { title: "Autre zone", help: "Le billet ouvre une autre zone. Indiquez le chemin." },
  wrong_gate: { title: "Autre porte", help: "Le billet ouvre une autre porte. Indiquez le chemin." },
  session_cancelled: { title: "Épreuve annulée", help: "L’épreuve n’a pas lieu. Dirigez la personne vers l’accueil." },
  too_early: {
    title: "Trop tôt",
    help: "La porte n’est pas encore ouverte pour ce billet. Dites à quelle heure revenir.",
  },
  too_late: { title: "Trop tard", help: "L’entrée est terminée pour ce billet. Dirigez la personne vers l’accueil." },
  bad_proof: {
    title: "Faux code",
    help: "Le code ne vient pas du téléphone du titulaire. Demandez le billet sur ce téléphone.",
  },
  stale_code: {
    title: "Code périmé",
    help: "Sans doute une capture d’écran. Demandez d’ouvrir le billet lui-même, le code est neuf toutes les 15 secondes.",
  },
  list_too_old: {
    title: "Liste ancienne",
    help: "La tablette n’a pas eu de nouvelles depuis longtemps. Demandez une pièce d’identité.",
  },
  paper: { title: "Papier", help: "Demandez une pièce d’identité et comparez le nom." },
  already_inside: {
    title: "Déjà à l’intérieur",
    help: "Regardez l’heure et la porte. Comparez une pièce d’identité : une sortie n’est peut-être pas encore connue.",
  },
  already_admitted: {
    title: "Déjà entré",
    help: "Ce billet a déjà servi. Regardez l’heure et la porte, puis appelez un superviseur.",
  },
  not_inside: {
    title: "Pas entré",
    help: "Aucune entrée connue pour ce billet. Laissez sortir la personne, et notez-le.",
  },
  looked_up: {
    title: "Sans code",
    help: "Comparez une pièce d’identité avec ce nom. S’il est le même, laissez entrer.",
  },
  bad_seal: {
    title: "Faux billet",
    help: "Le sceau ne correspond pas. Ne laissez pas entrer et appelez un superviseur.",
  },
  admitted: { title: "Entrez", help: "Bienvenue !" },
  exited: { title: "Sortie", help: "La sortie est notée." },
} as const satisfies Record<ReasonCode, { readonly title: string; readonly help: string }>;
