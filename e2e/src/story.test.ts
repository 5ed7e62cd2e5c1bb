import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type Camera, takeShot } from "./browser/camera.ts";
import { expectGone, expectPage, expectShown, expectText, plain } from "./expectations.ts";
import { expectVerdict, openGate } from "./gate/scan.ts";
import { setUpTablet } from "./gate/tablet.ts";
import { codeNow, nextCode } from "./people/authenticator.ts";
import { mailedCode } from "./people/mailbox.ts";
import type { ShownCode } from "./people/person.ts";
import { test } from "./test.ts";

const holder = "Zoé Lefèvre";
const session = "JUD01";
const otherSession = "TTE01";
/** JUD01: twice 190.00 for a duo in A, four times 55.00 for a family in C. */
const [duoPrice, familyPrice, total] = ["380,00 €", "220,00 €", "600,00 €"];
/** A code that others saw is worth nothing after 30 seconds; a second more, as a tablet's clock is right to some tenths. */
const deadAfterMs = 31_000;

test("the whole story: register, buy, activate, get in, be refused, and see the sale", async ({
  openPage,
  camera,
  run,
}) => {
  const visitor = await openPage({ size: "phone", locale: "fr-FR" });
  const appCode = await register(visitor, run.origin);
  await buyDuoAndFamily(visitor);
  await activate(visitor);
  // A screenshot of the second ticket is kept, to be tried when it is half a minute old.
  await turnTo(visitor, "Billet suivant", "2 sur 6");
  const screenshot = await takeShot(liveCode(visitor));
  await turnTo(visitor, "Billet précédent", "1 sur 6");

  const staff = await openPage({ size: "tablet", locale: "fr-FR", browser: camera.browser });
  const { name: tabletName } = await setUpTablet(staff, run, { sessions: [session, otherSession], gate: "A" });
  await openGate(staff, session, "Porte A");

  // The first ticket opens the gate once.
  const first = await ticketFacts(visitor);
  await camera.film(liveCode(visitor));
  await expectVerdict(staff, "Entrez", holder, `Catégorie ${first.category}`, first.offer);
  await expectShown(staff.getByText("1 entrée ici", { exact: true }));
  await expectShown(visitor.getByText("Bienvenue, vous êtes entré"));

  await nextScan(staff, camera);
  await camera.film(liveCode(visitor));
  await expectVerdict(staff, "Refusé", "Déjà entré", /Première entrée à \d\d:\d\d:\d\d UTC[−-]\d, Porte A/, holder);

  // The code of the authenticator app is a QR code, too.
  await turnTo(visitor, "Billet suivant", "2 sur 6");
  await nextScan(staff, camera);
  await camera.filmShot(appCode);
  await expectVerdict(staff, "Refusé", "Pas un code Tessera");

  // At the gate of another competition session the same good ticket is told where it belongs.
  await camera.filmNothing();
  await changeSession(staff, tabletName);
  await openGate(staff, otherSession, "Porte A");
  await camera.film(liveCode(visitor));
  await expectVerdict(staff, "Refusé", "Autre épreuve", `Ce billet est pour : ${session}`);
  await camera.filmNothing();
  await changeSession(staff, tabletName);
  await openGate(staff, session, "Porte B");

  const admin = await openPage({ locale: "fr-FR" });
  await admin.goto("/admin");
  await signIn(admin, run.otherAdmin, await nextCode(run.otherAdmin));
  await seeTheSale(admin);

  // The screenshot is worth nothing by now; the ticket itself is as good as before.
  await expect.poll(() => Date.now() - screenshot.takenAt, { timeout: 35_000 }).toBeGreaterThan(deadAfterMs);
  await camera.filmShot(screenshot);
  await expectVerdict(staff, "Refusé", "Code périmé");
  await nextScan(staff, camera);
  await camera.film(liveCode(visitor));
  await expectVerdict(staff, "Entrez", holder);
});

/** Creates an account with both factors; gives a picture of the code that the authenticator app scans. */
async function register(page: Page, origin: string) {
  const email = `zoe-${randomUUID()}@example.org`;
  await page.goto("/");
  await expectPage(page, "Programme");
  await page.getByRole("link", { name: "Se connecter" }).click();
  await page.getByRole("button", { name: /^Pas encore de compte/ }).click();
  await page.getByRole("textbox", { name: "Adresse e-mail" }).fill(email);
  await page.getByRole("button", { name: "Recevoir un code" }).click();
  await page.getByRole("textbox", { name: "Code du message" }).fill(await mailedCode(origin, email));
  await page.getByRole("textbox", { name: "Nom sur vos billets" }).fill(holder);
  await page.getByRole("button", { name: /^Plutôt un mot de passe/ }).click();
  await page.getByRole("textbox", { name: "Choisissez un mot de passe" }).fill("trois girafes sous la pluie");
  await page.getByRole("button", { name: "Créer mon compte" }).click();

  await expectPage(page, "Votre application d’authentification");
  const appCode = await takeShot(page.getByRole("img", { name: /^Code QR à scanner/ }));
  const secret = await page.getByLabel("Clé à copier").innerText();
  await page.getByRole("textbox", { name: "Code à 6 chiffres" }).fill((await codeNow(secret)).digits);

  await expectPage(page, "Gardez ces 10 codes");
  expect(await page.getByRole("list", { name: "Codes de secours" }).getByRole("listitem").count()).toBe(10);
  await page.getByRole("checkbox", { name: "Je les ai gardés en lieu sûr" }).check();
  await page.getByRole("button", { name: "Continuer" }).click();
  await expectPage(page, "Mon compte");
  await expectShown(page.getByRole("main").getByText(holder));
  return appCode;
}

async function buyDuoAndFamily(page: Page): Promise<void> {
  await page
    .getByRole("navigation", { name: "Navigation principale" })
    .getByRole("link", { name: "Programme" })
    .click();
  await page.getByRole("searchbox", { name: "Rechercher" }).fill("judo");
  await page.getByRole("listitem").filter({ hasText: session }).getByRole("link", { name: "Judo" }).click();
  await expectPage(page, "Judo");
  await page.getByRole("button", { name: "Un de plus : Duo, catégorie A" }).click();
  await page.getByRole("button", { name: "Un de plus : Famille, catégorie C" }).click();
  await page.getByRole("button", { name: "Ajouter 6 billets au panier" }).click();
  await page.getByRole("link", { name: "Voir le panier" }).click();

  await expectPage(page, "Panier");
  const lines = page.getByRole("list", { name: "Vos places" }).getByRole("listitem");
  expect(await lines.count()).toBe(2);
  await expectText(lines.filter({ hasText: "Duo" }), duoPrice);
  await expectText(lines.filter({ hasText: "Famille" }), familyPrice);
  await page.getByRole("button", { name: "Réserver" }).click();

  await expectPage(page, "Vos places sont gardées");
  await expectText(page.getByRole("timer"), /1[45]:\d\d/);
  const pay = page.getByRole("button", { name: /^Payer/ });
  await expectText(pay, total);
  await pay.click();
  await expectPage(page, "Paiement de démonstration");
  await expectText(page.getByRole("main"), total);
  await page.getByRole("button", { name: "Payer", exact: true }).click();
  await expectPage(page, "Vous avez payé.");
  await expectShown(page.getByText("Vos six billets sont ici."));
}

async function activate(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Voir mes 6 billets" }).click();
  await expectPage(page, "Mes billets");
  await page.getByRole("region", { name: session }).getByRole("link", { name: "Ouvrir les 6 billets" }).click();
  await expectPage(page, `Billet ${session}`);
  await page.getByRole("button", { name: "Activer les 6 billets de la commande" }).click();
  await expectShown(liveCode(page), page.getByText(/^Encore bon \d+ secondes?$/));
}

/** To a neighbour of the ticket on the screen. */
async function turnTo(page: Page, button: string, place: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await expectShown(page.getByText(place), liveCode(page));
}

const liveCode = (page: Page): Locator => page.getByRole("img", { name: /^Code d’entrée du billet/ });

/** What the ticket on the screen says of itself. */
async function ticketFacts(page: Page): Promise<{ offer: string; category: string }> {
  const fact = async (name: string): Promise<string> =>
    plain(
      await page
        .locator("dl > div")
        .filter({ has: page.getByText(name, { exact: true }) })
        .getByRole("definition")
        .innerText(),
    );
  return { offer: await fact("Offre"), category: await fact("Catégorie") };
}

type FirstFactor = { readonly email: string; readonly password: string };

async function signIn(page: Page, { email, password }: FirstFactor, { digits }: ShownCode): Promise<void> {
  await page.getByRole("textbox", { name: "Adresse e-mail" }).fill(email);
  await page.getByRole("textbox", { name: "Mot de passe" }).fill(password);
  await page.getByRole("button", { name: "Se connecter", exact: true }).click();
  await page.getByRole("textbox", { name: "Code à 6 chiffres" }).fill(digits);
}

/** The phone before the camera is taken away, and the verdict put aside. */
async function nextScan(page: Page, camera: Camera): Promise<void> {
  await camera.filmNothing();
  await page.getByRole("button", { name: "Suivant" }).click();
  await expectShown(page.getByText("Présentez le code du billet"));
}

async function changeSession(page: Page, tabletName: string): Promise<void> {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Changer d’épreuve" }).click();
  await expectPage(page, tabletName);
}

/** The dashboard shows what this order brought, by offer and by competition session, to the cent. */
async function seeTheSale(page: Page): Promise<void> {
  await expectPage(page, "Aperçu");
  await page.getByRole("link", { name: "Ventes", exact: true }).click();
  await expectPage(page, "Ventes");
  await page.getByRole("searchbox", { name: "Rechercher" }).fill(session);
  const byOffer = page.getByRole("table", { name: "Par offre" }).getByRole("row");
  await expectText(byOffer.filter({ hasText: "Duo" }), new RegExp(`Catégorie A .* 2 ${duoPrice}`));
  await expectText(byOffer.filter({ hasText: "Famille" }), new RegExp(`Catégorie C .* 4 ${familyPrice}`));
  await page.getByText("Par session", { exact: true }).click();
  const bySession = page.getByRole("table", { name: "Par session" }).getByRole("row");
  await expectText(bySession.filter({ hasText: session }), new RegExp(` 6 ${total}`));
  await expectGone(bySession.filter({ hasText: otherSession }));
}
