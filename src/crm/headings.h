/* headings - what the columns of other programs' files are called: Italian and
 * English, Google Contacts, Outlook, HubSpot, Salesforce, Pipedrive, Zoho.
 *
 * Said once for the fields that lead, company and contact have in common.
 * They are compared folded: case, accents, hyphens do not matter. */
#pragma once

/* clang-format off */
#define ALSO_SALUTATION \
	"Titolo di cortesia|Titolo|Appellativo|Appell.|Sig./Sig.ra|Prefix|Name Prefix|Honorific Prefix"
#define ALSO_FIRST_NAME \
	"Nome di battesimo|Nome contatto|Nome referente|Nome persona|First|Given Name|Forename|" \
	"Firstname|Contact First Name|Person - First name|Person First Name"
#define ALSO_LAST_NAME \
	"Cognome contatto|Cognome referente|Cognome persona|Last|Family Name|Surname|Lastname|" \
	"Contact Last Name|Person - Last name|Person Last Name"
#define ALSO_JOB_TITLE \
	"Ruolo|Qualifica|Posizione|Posizione lavorativa|Incarico|Mansione|Funzione|Carica|Professione|" \
	"Title|Job|Role|Position|Designation|Occupation|Organization Title|Organization 1 - Title|" \
	"Person - Job title|Business Title|Ruolo in azienda"
#define ALSO_COMPANY_NAME \
	"Ragione sociale|Denominazione|Denominazione sociale|Nome azienda|Nome società|Società|Ditta|" \
	"Impresa|Ente|Organizzazione|Nome organizzazione|Intestazione|Nome ditta|Cliente|Company Name|" \
	"Organization|Organisation|Account|Account Name|Organization Name|Organization - Name|" \
	"Organization 1 - Name|Business Name|Firm|Employer|Associated Company|Legal Name|" \
	"Lead - Organization|Deal - Organization"
#define ALSO_EMAIL \
	"Posta elettronica|Indirizzo e-mail|Indirizzo email|Indirizzo di posta elettronica|Mail|" \
	"E-mail Address|Email Address|Email 1|E-mail 1|E-mail 1 - Value|Email 1 - Value|Primary Email|" \
	"Work Email|Business Email|Email - Work|Person - Email|Person - Email - Work|" \
	"E-mail aziendale|Email lavoro|Email principale"
#define ALSO_EMAIL_2 \
	"E-mail 2|Email 2|Altra e-mail|Altra email|Seconda e-mail|Email secondario|E-mail 2 Address|" \
	"E-mail 2 - Value|Email 2 - Value|Secondary Email|Other Email|Alternate Email|" \
	"Additional email addresses|Email - Home|Email - Other|Person - Email - Home|Email personale"
#define ALSO_PEC \
	"Posta certificata|Posta elettronica certificata|Indirizzo PEC|Email PEC|E-mail PEC|" \
	"Casella PEC|Domicilio digitale|Certified Mail|Certified Email"
#define ALSO_PHONE \
	"Tel|Tel.|Telefono 1|Telefono fisso|Telefono lavoro|Telefono aziendale|Numero di telefono|" \
	"N. telefono|Recapito telefonico|Recapito|Centralino|Phone|Phone Number|Telephone|" \
	"Telephone Number|Business Phone|Work Phone|Office|Phone 1|Phone 1 - Value|Primary Phone|" \
	"Company Main Phone|Main Phone|Phone - Work|Person - Phone|Person - Phone - Work|" \
	"Telefono sede|Tel. ufficio"
#define ALSO_PHONE_HOME \
	"Telefono abitazione|Tel. casa|Telefono personale|Home Phone Number|Home|Phone - Home|" \
	"Person - Phone - Home|Phone 2 - Value|Home Telephone"
#define ALSO_MOBILE \
	"Cell|Cell.|Cellulare 1|Telefono cellulare|Numero cellulare|Telefonino|Telefono mobile|" \
	"Mobile Phone|Mobile Number|Mobile Phone Number|Cell Phone|Cellphone|Cellular|Primary Mobile|" \
	"Phone - Mobile|Person - Phone - Mobile|WhatsApp|WhatsApp Phone Number|GSM"
#define ALSO_FAX \
	"Telefax|Numero fax|N. fax|Fax Number|Business Fax|Work Fax|Facsimile"
#define ALSO_WEBSITE \
	"Sito|Sito internet|Sito web|Sito aziendale|Pagina web|Indirizzo web|Web|URL|Homepage|" \
	"Home Page|Web Page|Web Site|Website URL|Company Domain Name|Domain|Business Homepage|" \
	"Website 1 - Value|Organization - Website|WWW"
#define ALSO_LINKEDIN \
	"Profilo LinkedIn|Pagina LinkedIn|LinkedIn URL|LinkedIn Profile|LinkedIn Bio|" \
	"LinkedIn Company Page|LinkedIn Profile URL|Person - LinkedIn"
#define ALSO_STREET \
	"Via|Via e numero|Indirizzo sede|Indirizzo sede legale|Sede|Sede legale|Indirizzo 1|Recapito postale|" \
	"Street|Street Address|Address|Address 1|Address Line 1|Business Street|Business Address|" \
	"Home Street|Mailing Street|Billing Street|Billing Address|Address 1 - Street|" \
	"Street Address 1|Organization - Address|Work Address"
#define ALSO_POSTAL_CODE \
	"Codice postale|C.A.P.|CAP sede|Codice di avviamento postale|Postcode|Zip|Zip Code|ZIP/Postal Code|" \
	"Postal|Business Postal Code|Mailing Zip|Mailing Zip/Postal Code|Billing Zip|Billing Code|" \
	"Billing Postal Code|Address 1 - Postal Code|Mailing Code|Home Postal Code|" \
	"Organization - ZIP/Postal code of Address"
#define ALSO_CITY \
	"Comune|Località|Localita|Città sede|Comune sede|Town|Locality|Business City|Mailing City|Billing City|" \
	"Address 1 - City|Home City|Town/City|Organization - City/town/village/locality of Address"
#define ALSO_PROVINCE \
	"Prov|Prov.|Sigla provincia|Sigla|PV|Provincia sede|County|District|Province|State/Province|" \
	"State/Region|Business State|Mailing State|Mailing State/Province|Billing State|" \
	"Billing State/Province|Address 1 - Region|State|Organization - State/county of Address"
#define ALSO_REGION \
	"Regione sede|Area|Zona|Territory|Organization - Region of Address"
#define ALSO_COUNTRY \
	"Paese|Paese/Nazione|Stato/Paese|Nazione|Stato estero|Nation|Country/Region|Country Code|Business Country|" \
	"Business Country/Region|Mailing Country|Billing Country|Address 1 - Country|Home Country|" \
	"Organization - Country of Address"
#define ALSO_VAT \
	"P.IVA|P. IVA|P.I.|PIVA|P IVA|Part. IVA|Partita I.V.A.|Numero partita IVA|Codice IVA|" \
	"Identificativo fiscale|VAT|VAT ID|VAT No|VAT No.|VAT Reg No|VAT Registration Number|Tax ID|" \
	"CF/P.IVA|Partita Iva Azienda"
#define ALSO_TAX_CODE \
	"C.F.|CF|Cod. fiscale|Cod.fisc.|Codice fisc.|Fiscal Code|Italian Tax Code|Tax Number|" \
	"National ID|SSN"
#define ALSO_SECTOR \
	"Settore merceologico|Settore di attività|Attività|Categoria merceologica|Categoria|Comparto|" \
	"Ramo|ATECO|Descrizione ATECO|Industry|Industry Group|Business Type|Line of Business|Segment|" \
	"Organization - Industry|Specialization"
#define ALSO_TURNOVER \
	"Fatturato annuo|Ricavi|Volume d'affari|Giro d'affari|Ultimo fatturato|Revenue|Annual Revenue|" \
	"Sales|Annual Sales|Yearly Revenue|Organization - Annual revenue"
#define ALSO_TURNOVER_CURRENCY "Divisa fatturato|Revenue Currency|Annual Revenue Currency"
#define ALSO_EMPLOYEES \
	"Dipendenti|Numero di dipendenti|N. dipendenti|Nr. dipendenti|Addetti|Numero addetti|Organico|" \
	"No. of Employees|No of Employees|Number of Employees|Employee Count|Headcount|Company Size|" \
	"Organization - Number of employees"
#define ALSO_SOURCE \
	"Fonte|Fonte lead|Origine lead|Provenienza|Canale|Canale di acquisizione|Come ci ha conosciuto|" \
	"Lead Source|Source|Original Source|Source Channel|Lead Origin|Latest Source|Deal - Source channel"
#define ALSO_OWNER \
	"Proprietario|Commerciale|Agente|Venditore|Responsabile|Assegnato|Incaricato|Owner|Lead Owner|" \
	"Account Owner|Contact Owner|Company Owner|Opportunity Owner|Deal Owner|Record Owner|" \
	"Assigned User|Sales Rep|Salesperson|Person - Owner|Organization - Owner|Deal - Owner|User"
#define ALSO_DESCRIPTION \
	"Note|Annotazioni|Osservazioni|Commenti|Commento|Messaggio|Appunti|Informazioni|Dettagli|Notes|" \
	"Note 1|Comment|Comments|Message|Remarks|Details|About|Background|Biography|Memo"
