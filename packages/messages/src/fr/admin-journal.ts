import type { AuditAction } from "@tessera/contracts";

type GroupOf<Action extends string> = Action extends `${infer Group}.${string}` ? Group : Action;
type ActOf<Action extends string, Group extends string> = Action extends `${Group}.${infer Act}` ? Act : never;

/** Words for each action of the audit log, as a tree: a new action without words does not compile. */
type ActionWords = {
  readonly [Group in GroupOf<AuditAction>]: Group extends AuditAction
    ? string
    : { readonly [Act in ActOf<AuditAction, Group>]: string };
};

const actions = {
  account: {
    registered: "Compte créé",
    deleted: "Compte supprimé",
    data_downloaded: "Données personnelles téléchargées",
    locale_changed: "Langue changée",
  },
  sign_in: {
    succeeded: "Connexion",
    wrong_password: "Mot de passe faux",
    refused: "Connexion refusée",
  },
  sign_out: "Déconnexion",
  auth_session: {
    ended: "Session fermée",
  },
  step_up: {
    succeeded: "Identité confirmée de nouveau",
  },
  factor: {
    wrong_code: "Second facteur refusé",
    added: "Second facteur ajouté",
    removed: "Second facteur retiré",
  },
  recovery_codes: {
    replaced: "Codes de secours remplacés",
  },
  factor_reset: {
    requested: "Perte des seconds facteurs déclarée",
    cancelled: "Perte des seconds facteurs démentie",
    completed: "Seconds facteurs effacés après perte",
  },
  password: {
    changed: "Mot de passe changé",
  },
  password_reset: {
    requested: "Nouveau mot de passe demandé",
    completed: "Mot de passe remplacé par un lien",
  },
  email_change: {
    requested: "Changement d’adresse demandé",
    confirmed: "Adresse confirmée",
    completed: "Adresse e-mail changée",
    withdrawn: "Changement d’adresse retiré",
  },
  invitation: {
    made: "Invitation envoyée",
    revoked: "Invitation retirée",
    accepted: "Invitation acceptée",
  },
  employee: {
    disabled: "Compte de l’équipe suspendu",
    enabled: "Compte de l’équipe rétabli",
    role_changed: "Rôle changé",
  },
  employee_factor_reset: {
    requested: "Remise à zéro d’un second facteur demandée",
    cancelled: "Remise à zéro d’un second facteur annulée",
    approved: "Remise à zéro d’un second facteur approuvée",
  },
  programme: {
    imported: "Programme importé",
  },
  offer: {
    created: "Offre créée",
    updated: "Offre modifiée",
    published: "Offre mise en vente",
    withdrawn: "Offre retirée de la vente",
  },
  key: {
    created: "Clé créée",
    rotated: "Clé remplacée",
    retired: "Clé mise hors service",
    compromised: "Clé déclarée compromise",
  },
  keys: {
    resealed: "Clés rescellées",
  },
} as const satisfies ActionWords;

/** The audit log. */
export const journal = {
  title: "Journal",
  lead: "Ce qui touche à la sécurité et au travail de l’équipe, du plus récent au plus ancien. Rien ne s’y modifie ni ne s’y efface.",
  failedTitle: "Le journal n’a pas pu s’afficher",
  filters: "Filtrer le journal",
  action: "Acte",
  anyAction: "Tous",
  clearAction: "Tous les actes",
  noAction: "Aucun acte de ce nom",
  person: "Personne",
  anyPerson: "Toutes",
  clearPerson: "Toutes les personnes",
  noPerson: "Personne de ce nom",
  groups: {
    accounts: "Comptes",
    staff: "Équipe",
    catalogue: "Catalogue",
    keys: "Clés",
  },
  emptyTitle: "Rien n’est encore écrit",
  emptyText: "Le premier acte de sécurité s’affichera ici.",
  noneTitle: "Rien ne correspond",
  noneText: "Essayez sans filtre.",
  clearFilters: "Tout afficher",
  who: "Par",
  about: "Concerne",
  details: "Détails",
  sealed: "N° {position, number}",
  unsealed: "Pas encore scellé",
  stranger: "Quelqu’un de non connecté",
  server: "Le serveur ou une commande",
  deletedAccount: "Compte supprimé",
  onlyThis: "Voir ce qui concerne {name}",
  things: {
    account: "Compte",
    invitation: "Invitation",
    offer: "Offre",
    key: "Clé",
    programme: "Programme",
  },
  shown: "{count, plural, one {# acte affiché} other {# actes affichés}}",
  more: "Afficher la suite",
  yes: "oui",
  no: "non",
  detailNames: {
    address: "adresse",
    audience: "application",
    begun: "commencé",
    by: "par",
    code: "raison",
    competitionSessionsChanged: "sessions changées",
    competitionSessionsCreated: "sessions créées",
    count: "nombre",
    factor: "facteur",
    from: "avant",
    gamesId: "Jeux",
    id: "numéro",
    invitationId: "invitation",
    kind: "genre",
    locale: "langue",
    method: "moyen",
    newAccount: "nouveau compte",
    nodesWithout: "serveurs qui ne l’ont pas",
    offersChanged: "offres changées",
    offersCreated: "offres créées",
    remaining: "restent",
    replaced: "remplacée par une autre",
    requestedBy: "demandée par",
    role: "rôle",
    seatPoolsChanged: "contingents changés",
    seatPoolsCreated: "contingents créés",
    state: "état",
    ticketsGivenUp: "billets abandonnés",
    to: "après",
    values: "valeurs",
    venuesChanged: "sites changés",
    venuesCreated: "sites créés",
    verifiesUntil: "vérifie jusqu’au",
    version: "version",
    waived: "délai levé",
  },
  detailValues: {
    totp: "application d’authentification",
    passkey: "clé d’accès",
    recovery_code: "code de secours",
    link: "lien d’un message",
    role: "un nouveau rôle",
    email_change: "changement d’adresse",
    password_reset: "mot de passe réinitialisé",
    owner: "son titulaire",
    old: "l’actuelle",
    new: "la nouvelle",
    active: "active",
    next: "suivante",
    former: "ancienne",
    retired: "retirée",
    account_disabled: "compte suspendu",
    forbidden: "rôle sans accès",
    wrong_code: "code faux",
    code_already_used: "code déjà utilisé",
    factor_worn_out: "trop de codes faux",
    passkey_refused: "clé d’accès refusée",
    too_many_requests: "trop d’essais",
  },
  actions,
} as const;
