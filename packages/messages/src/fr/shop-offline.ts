/** What the shop says where there is no network. */
export const shopOffline = {
  ticket: "Sans réseau, votre billet marche aussi.",
  ticketWithoutCode: "Pas de réseau : pour le code, il en faut un instant.",
  tickets: "Pas de réseau : voici vos billets, comme au dernier contact.",
  lastContact: "Dernier contact : {date}.",
  clock:
    "L’horloge de cet appareil a été changée. Réglez-la sur l’heure automatique ; si la porte refuse le code, retrouvez le réseau un instant.",
  brightness: "À la porte, mettez l’écran au plus clair.",
  install: "Installer sur l’écran d’accueil",
  installText: "Vos billets s’ouvrent alors d’un geste, avec ou sans réseau.",
  pageTitle: "Cette page demande le réseau",
  pageText: "Rien n’est perdu : elle s’ouvrira dès qu’il sera revenu. Vos billets activés, eux, s’ouvrent sans.",
  actionText: "Pour cela, il faut le réseau. Réessayez dès qu’il revient ; rien n’a changé.",
  toTickets: "Voir mes billets",
} as const;
