/** Tickets on their way from one person to another. */
export const shopHandOver = {
  offer: {
    name: "Céder",
    action: "Céder",
    label: "Céder ce billet",
    open: "À quelqu’un d’autre, avec son adresse e-mail. Possible jusqu’au {date}.",
    offered:
      "Proposé à {email}. Sans réponse, l’offre s’éteint le {date}. D’ici là, le billet et son code restent à vous.",
    closed: "Ce n’est plus possible depuis le {date}.",
    closedNow: "Ce billet ne peut pas être cédé.",
    forbidden: "L’organisateur ne le permet pas pour cette session.",
    title: "Céder le billet {reference}",
    email: "Adresse e-mail de la personne",
    steps: {
      mail: "Nous lui écrivons tout de suite. Il lui faut un compte à cette adresse, avec un second facteur ; elle peut le créer en venant.",
      until: "Jusqu’à son accord, le billet est à vous, et votre code reste bon. Vous pouvez le reprendre.",
      after: "Dès qu’elle accepte, le billet est à elle, avec un code à elle. Le vôtre n’ouvre plus, pour toujours.",
      end: "Sans réponse, l’offre s’éteint et le billet reste à vous ; au plus tard le {date}.",
    },
    submit: "Proposer le billet",
    done: "Proposé à {email}, à qui nous écrivons.",
    takeBack: "Reprendre",
    takeBackOf: "Reprendre le billet {reference}, proposé à {email}",
    takenBack: "Repris : le billet n’est plus proposé.",
  },
  received: {
    title: "{giver} vous propose {count, plural, one {un billet} other {# billets}}",
    someone: "Quelqu’un",
    text: "Si vous acceptez, {count, plural, one {il est à vous, avec son propre code, à activer sur votre téléphone} other {ils sont à vous, chacun avec son code, à activer sur votre téléphone}}. Répondez avant le {date}.",
    choose: "Les billets que vous voulez",
    accept: "{count, plural, one {Accepter le billet} other {Accepter les # billets}}",
    refuse: "Refuser",
    refuseTitle: "{count, plural, one {Refuser ce billet ?} other {Refuser ces # billets ?}}",
    refuseText: "{giver} {count, plural, one {le garde} other {les garde}}, et l’apprend par e-mail.",
    refuseConfirm: "{count, plural, one {Refuser le billet} other {Refuser les # billets}}",
    refused:
      "{count, plural, one {Refusé : le billet reste à qui vous l’a proposé.} other {Refusés : les billets restent à qui vous les a proposés.}}",
    accepted: "{count, plural, one {Accepté : le billet est à vous.} other {Acceptés : les # billets sont à vous.}}",
    toAll: "Billets cédés et reçus",
    strangerTitle: "On vous propose un billet ?",
    strangerText:
      "Connectez-vous, ou créez un compte, avec l’adresse où vous avez reçu notre message. Vous le trouverez juste après.",
  },
  page: {
    title: "Billets cédés et reçus",
    loading: "Nous cherchons ce qui vous est proposé…",
    noneTitle: "Aucun billet ne vous attend",
    noneText:
      "Vous êtes connecté avec {email}. Un billet proposé à une autre adresse attend dans le compte de celle-là : connectez-vous avec elle, ou demandez qu’on vous le propose à celle-ci.",
    otherAccount: "Changer de compte",
    givenTitle: "Vos offres en attente",
    pastTitle: "Ce qui s’est passé",
    pending: "Proposé à {other}, jusqu’au {date}",
    given: {
      accepted: "Cédé à {other}",
      refused: "Refusé par {other}",
      taken_back: "Vous l’avez repris à {other}",
      expired: "Sans réponse de {other}",
      void: "Proposé à {other}, sans effet : billet utilisé, bloqué ou annulé",
    },
    received: {
      accepted: "Reçu de {other}",
      refused: "Proposé par {other}, vous l’avez refusé",
      taken_back: "Repris par {other}",
      expired: "Proposé par {other}, sans réponse à temps",
      void: "Proposé par {other}, sans effet : billet utilisé, bloqué ou annulé",
    },
    nobody: "quelqu’un",
  },
  ticket: {
    from: "De {giver}",
    offeredTo: "proposé à {email}",
    givenTitle: "Vous avez cédé ce billet",
    givenText: "Il est à {email} depuis le {date}. Son code d’ici n’ouvre plus.",
  },
  order: {
    givenTo: "Cédé à {email} le {date}",
    allGiven: "{count, plural, one {Vous avez cédé le billet} other {Vous avez cédé les # billets}} de cette commande.",
  },
  refusals: {
    limitSession:
      "Un compte peut avoir {limit, number} billets pour une même session, et vous en avez {has, number}. Acceptez-en moins, ou refusez.",
    limitGames:
      "Un compte peut avoir {limit, number} billets pour tous les Jeux, et vous en avez {has, number}. Acceptez-en moins, ou refusez.",
    closed: "La session est trop proche : depuis le {date}, les billets ne changent plus de mains ni de nom.",
    frozen:
      "Le second facteur de ce compte a été réinitialisé il y a peu : jusqu’au {date}, ses billets ne se cèdent pas.",
    moves: "Ce billet a changé de place trop souvent. La prochaine fois, ce sera possible à partir du {date}.",
    ended: {
      accepted: "Trop tard : le billet a été accepté.",
      refused: "Le billet a été refusé entre-temps.",
      taken_back: "Trop tard : la personne a repris son offre.",
      expired: "L’offre s’est éteinte : elle n’a pas eu de réponse à temps.",
      void: "Le billet a été utilisé, bloqué ou annulé : il ne peut plus changer de mains.",
    },
  },
} as const;
