/**
 * What mails say, by template of `contracts/mails.ts`; `frame` is around each of them. No app needs these words.
 */
export const mail = {
  frame: {
    copyLink: "Le bouton ne répond pas ? Copiez cette adresse dans votre navigateur :",
    automatic: "Message automatique de la billetterie Tessera : les réponses ne sont pas lues.",
    help: "Ce n’était pas vous ? Prévenez tout de suite l’aide : {contact}",
    neverAsk: "Nous ne demandons jamais un mot de passe ou un code, ni par message ni par téléphone.",
    labelled: "{label} :",
    moment: "{paris}, heure de Paris ({utc} UTC)",
    ticket: "{discipline}, {code} · {when} (heure du lieu) · {venue} · billet {reference}",
  },
  roles: { visitor: "visiteur", staff: "agent", supervisor: "superviseur", admin: "administrateur" },
  registration_code: {
    subject: "Votre code pour créer un compte",
    text: "Saisissez ce code sur la page où vous créez votre compte. Il est valable {minutes, plural, one {# minute} other {# minutes}}.",
    action: "Continuer l’inscription",
    note: "Vous n’avez rien demandé ? Ignorez ce message : sans ce code, aucun compte n’est créé.",
  },
  registration_known: {
    subject: "Vous avez déjà un compte",
    text: "Quelqu’un, sans doute vous, a voulu créer un compte avec cette adresse. Elle en a déjà un : connectez-vous.",
    action: "Se connecter",
    reset: "Mot de passe oublié ? Choisissez-en un nouveau ici :",
    note: "Ce n’était pas vous ? Vous n’avez rien à faire, votre compte n’a pas changé.",
  },
  password_reset: {
    subject: "Choisissez un nouveau mot de passe",
    text: "Ce lien sert une fois, pendant {minutes, plural, one {# minute} other {# minutes}}. Votre second facteur vous sera demandé comme d’habitude.",
    action: "Choisir un mot de passe",
    note: "Vous n’avez rien demandé ? Ignorez ce message : votre mot de passe n’a pas changé.",
  },
  password_reset_unknown: {
    subject: "Cette adresse n’a pas de compte",
    text: "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe. Cette adresse n’a pas de compte ici ; peut-être en avez-vous pris une autre.",
    action: "Créer un compte",
    note: "Ce n’était pas vous ? Vous n’avez rien à faire.",
  },
  password_changed: {
    subject: "Votre mot de passe a changé",
    text: "Le mot de passe de votre compte vient de changer. Si c’était vous, tout est en ordre.",
    alarm: "Ce n’était pas vous ? Choisissez-en un nouveau tout de suite.",
    action: "Choisir un nouveau mot de passe",
  },
  email_change_old: {
    subject: "Confirmez le changement d’adresse",
    text: "Votre compte doit passer à l’adresse {newEmail}. Confirmez-le ici ; la nouvelle adresse reçoit un message elle aussi. Le lien est valable {hours, plural, one {# heure} other {# heures}}.",
    action: "Confirmer le changement",
    note: "Ce n’était pas vous ? Ne confirmez pas, et changez votre mot de passe.",
  },
  email_change_new: {
    subject: "Confirmez votre nouvelle adresse",
    text: "Un compte doit passer à cette adresse. Confirmez-la ici ; l’ancienne reçoit un message elle aussi. Le lien est valable {hours, plural, one {# heure} other {# heures}}.",
    action: "Confirmer cette adresse",
    note: "Vous n’avez rien demandé ? Ignorez ce message : rien ne changera.",
  },
  email_change_taken: {
    subject: "Cette adresse a déjà un compte",
    text: "Quelqu’un, sans doute vous, a voulu donner cette adresse à un autre compte. Une adresse n’ouvre qu’un compte : rien n’a changé.",
    action: "Se connecter",
    note: "Ce n’était pas vous ? Vous n’avez rien à faire.",
  },
  email_changed: {
    subject: "L’adresse de votre compte a changé",
    text: "Votre compte a maintenant l’adresse {newEmail}. C’est avec elle que vous vous connectez.",
  },
  factor_added: {
    subjects: { passkey: "Une clé d’accès a été ajoutée", totp: "Une application d’authentification a été ajoutée" },
    text: "Elle peut maintenant servir à ouvrir votre compte. Si c’était vous, tout est en ordre.",
    alarm: "Ce n’était pas vous ? Retirez-la, puis changez votre mot de passe.",
    action: "Ouvrir mon compte",
  },
  factor_removed: {
    subjects: { passkey: "Une clé d’accès a été retirée", totp: "Votre application d’authentification a été retirée" },
    text: "Elle n’ouvre plus votre compte. Si c’était vous, tout est en ordre.",
    alarm: "Ce n’était pas vous ? Changez votre mot de passe et terminez les sessions que vous ne connaissez pas.",
    action: "Ouvrir mon compte",
  },
  recovery_code_used: {
    subject: "Un code de secours a servi",
    text: "Un de vos codes de secours vient de servir. {left, plural, =0 {Il n’en reste aucun : créez-en dix nouveaux.} one {Il en reste un : créez-en dix nouveaux.} other {Il en reste #.}}",
    alarm: "Ce n’était pas vous ? Changez votre mot de passe et remplacez vos codes.",
    action: "Ouvrir mon compte",
  },
  recovery_codes_replaced: {
    subject: "Vos codes de secours ont été remplacés",
    text: "Dix nouveaux codes ont été créés ; les anciens ne valent plus rien. Si c’était vous, tout est en ordre.",
    alarm: "Ce n’était pas vous ? Changez votre mot de passe, puis remplacez les codes.",
    action: "Ouvrir mon compte",
  },
  factor_reset_requested: {
    subject: "Annulez si vous n’avez rien demandé : second facteur perdu",
    text: "Quelqu’un dit ne plus avoir ni application, ni clé d’accès, ni code de secours pour votre compte. Nous enverrons ici de quoi les remplacer le {readyAt}. Jusque-là, vos billets ne peuvent pas changer de mains.",
    alarm: "Ce n’était pas vous ? Annulez : rien n’aura changé.",
    action: "Annuler la demande",
    note: "C’était vous ? Attendez ce moment, il n’y a rien d’autre à faire.",
  },
  factor_reset_ready: {
    subject: "Remplacez votre second facteur",
    text: "L’attente est finie. Ce lien sert une fois, pendant {hours, plural, one {# heure} other {# heures}}.",
    action: "Remplacer mon second facteur",
    cancel: "Ce n’était pas vous ? Annulez ici, rien n’aura changé :",
  },
  factor_reset_completed: {
    subject: "Votre second facteur a été remplacé",
    text: "Votre application, vos clés d’accès et vos codes de secours d’avant n’ouvrent plus votre compte.",
    action: "Se connecter",
  },
  invitation: {
    subject: "Rejoignez l’équipe de la billetterie",
    byName: "{name} vous invite dans l’équipe.",
    byNobody: "Un compte de l’équipe vous attend.",
    text: "{invitation} Votre rôle : {role}. Ce lien sert une fois, pendant {hours, plural, one {# heure} other {# heures}}.",
    action: "Accepter l’invitation",
    note: "Vous n’attendiez rien ? Ignorez ce message.",
  },
  employee_factor_reset_requested: {
    subject: "Approuvez ou annulez : second facteur perdu",
    text: "{requestedBy} demande d’effacer les seconds facteurs et le mot de passe de {employee}, qui les a perdus. Un autre administrateur doit approuver dans les {hours, plural, one {# heure} other {# heures}}.",
    alarm: "Assurez-vous d’abord, de vive voix, que la demande vient bien de {employee} ; sinon, annulez-la.",
    action: "Voir la demande",
  },
  own_factor_reset_requested: {
    subject: "Vos seconds facteurs vont être effacés",
    text: "{requestedBy} a déclaré que vos seconds facteurs sont perdus. Quand un autre administrateur aura approuvé, un message vous conduira à un nouveau mot de passe et à de nouveaux facteurs.",
    alarm: "Vous n’avez rien perdu ? Prévenez tout de suite un administrateur, pour que la demande soit annulée.",
  },
  account_disabled: {
    subject: "Votre compte est suspendu",
    text: "Un administrateur a suspendu votre compte : il n’ouvre plus rien pour l’instant. Adressez-vous à lui pour savoir pourquoi.",
  },
  role_changed: {
    subject: "Votre rôle a changé",
    text: "Votre rôle dans la billetterie est maintenant : {role}.",
    note: "Cela vous étonne ? Adressez-vous à un administrateur.",
  },
  account_deleted: {
    subject: "Votre compte est supprimé",
    text: "Votre compte et ce que nous savions de vous sont effacés. La comptabilité garde vos achats, sans votre nom.",
  },
  order_paid: {
    subject: "Commande {reference} : vos billets",
    late: "Votre paiement est arrivé après la fin de la réservation : les places étaient encore libres, et elles sont à vous.",
    text: "Vous avez payé {total}. {tickets, plural, one {Votre billet est} other {Vos # billets sont}} dans votre compte. Activez-{tickets, plural, one {le} other {les}} sur votre téléphone avant de partir. Les dates sont dans le fichier joint, pour votre agenda.",
    action: "Activer mes billets",
    order: "Voir la commande :",
  },
  order_refunded: {
    subject: "Commande {reference} : remboursement",
    reason: {
      no_seats_left: "Votre paiement est arrivé après la fin de la réservation, et il ne restait plus de places.",
      limit_reached:
        "Votre paiement est arrivé après la fin de la réservation, et vous aviez atteint votre limite de billets.",
      not_on_sale: "Votre paiement est arrivé quand ces places n’étaient plus en vente.",
      session_cancelled:
        "L’organisateur a annulé la compétition. {tickets, plural, =0 {Votre paiement est arrivé après, et il n’y a pas de billet} one {Un billet de cette commande n’est plus valable} other {# billets de cette commande ne sont plus valables}}.",
      paid_twice:
        "La commande {reference} a été payée deux fois : elle reste bonne, et le second paiement vous revient.",
      account_deleted: "Votre paiement est arrivé après la suppression du compte.",
      organiser:
        "L’organisateur vous rembourse {tickets, plural, one {un billet. Il n’est plus valable} other {# billets. Ils ne sont plus valables}}.",
    },
    free: "L’organisateur annule {tickets, plural, one {un billet gratuit. Il n’est plus valable} other {# billets gratuits. Ils ne sont plus valables}}. Il n’y a rien à rendre.",
    nothing: "Il n’y a rien à rendre.",
    text: "{amount} repartent vers votre moyen de paiement, en général sous 5 à 10 jours. Vous n’avez rien à faire.",
    action: "Voir la commande",
  },
  hand_over_offered: {
    subject: "{tickets, plural, one {Un billet vous attend} other {# billets vous attendent}}",
    text: "{giver} vous propose {tickets, plural, one {ce billet} other {ces billets}} :",
    action: "Accepter ou refuser",
    note: "La proposition tient jusqu’au {expiresAt}. Pour accepter, il faut un compte à cette adresse. Vous ne connaissez pas cette personne ? Ignorez ce message : rien ne sera à votre nom.",
  },
  hand_over_ended: {
    giver: {
      accepted: {
        subject: "{tickets, plural, one {Votre billet a été accepté} other {Vos billets ont été acceptés}}",
        text: "{other} a accepté. {tickets, plural, one {Ce billet n’est plus à vous, et le code que vous aviez n’ouvre plus rien} other {Ces billets ne sont plus à vous, et les codes que vous aviez n’ouvrent plus rien}} :",
      },
      refused: {
        subject: "{tickets, plural, one {Votre billet a été refusé} other {Vos billets ont été refusés}}",
        text: "{other} a refusé. {tickets, plural, one {Ce billet reste à vous, avec son code} other {Ces billets restent à vous, avec leurs codes}} :",
      },
      taken_back: {
        subject: "{tickets, plural, one {Votre billet reste} other {Vos billets restent}} à vous",
        text: "Vous avez retiré votre proposition à {other}. {tickets, plural, one {Ce billet reste à vous, avec son code} other {Ces billets restent à vous, avec leurs codes}} :",
      },
      expired: {
        subject: "{tickets, plural, one {Votre billet reste} other {Vos billets restent}} à vous : pas de réponse",
        text: "{other} n’a pas répondu à temps. {tickets, plural, one {Ce billet reste à vous, avec son code} other {Ces billets restent à vous, avec leurs codes}} :",
      },
      void: {
        subject: "Votre proposition est sans effet",
        text: "{tickets, plural, one {Le billet que vous proposiez à {other} a servi, a été annulé ou est bloqué} other {Les billets que vous proposiez à {other} ont servi, ont été annulés ou sont bloqués}} :",
      },
    },
    receiver: {
      accepted: {
        subject: "{tickets, plural, one {Le billet est} other {Les billets sont}} à vous",
        text: "{other} vous a remis {tickets, plural, one {ce billet. Activez-le sur votre téléphone avant de partir} other {ces billets. Activez-les sur votre téléphone avant de partir}} :",
      },
      refused: {
        subject: "Vous avez refusé {tickets, plural, one {un billet} other {# billets}}",
        text: "{tickets, plural, one {Ce billet reste} other {Ces billets restent}} à {other} :",
      },
      taken_back: {
        subject: "{tickets, plural, one {Le billet ne vous attend plus} other {Les billets ne vous attendent plus}}",
        text: "{other} a retiré sa proposition pour {tickets, plural, one {ce billet} other {ces billets}} :",
      },
      expired: {
        subject:
          "{tickets, plural, one {Le billet ne vous attend plus} other {Les billets ne vous attendent plus}} : le délai est passé",
        text: "La proposition de {other} n’a pas reçu de réponse à temps pour {tickets, plural, one {ce billet} other {ces billets}} :",
      },
      void: {
        subject: "Une proposition de billets est sans effet",
        text: "{tickets, plural, one {Le billet que {other} vous proposait a servi, a été annulé ou est bloqué} other {Les billets que {other} vous proposait ont servi, ont été annulés ou sont bloqués}} :",
      },
    },
    seeTickets: "Voir mes billets",
    openShop: "Ouvrir la billetterie",
  },
  tickets_cancelled: {
    subject: "{tickets, plural, one {Un billet n’est plus valable} other {# billets ne sont plus valables}}",
    reason: {
      refunded:
        "{tickets, plural, one {Ce billet a été remboursé à la personne qui l’avait acheté, et n’ouvre plus rien} other {Ces billets ont été remboursés à la personne qui les avait achetés, et n’ouvrent plus rien}} :",
      session_cancelled:
        "L’organisateur a annulé la compétition. {tickets, plural, one {Ce billet n’ouvre plus rien ; son prix revient à la personne qui l’avait acheté} other {Ces billets n’ouvrent plus rien ; leur prix revient à la personne qui les avait achetés}} :",
    },
  },
} as const;
