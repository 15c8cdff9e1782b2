/* The words by which a card's pieces are known, folded, parted by commas. */
#include "base/card_parts.h"

#include <string.h>

enum { LONGEST_PHRASE = 32 };

/* clang-format off */
const char card_job_words[] =
	",titolare,contitolare,amministratore,amministratrice,ceo,cto,cfo,coo,cmo,cio,presidente,"
	"vicepresidente,direttore,direttrice,responsabile,resp,manager,sales,buyer,fondatore,"
	"fondatrice,founder,cofounder,owner,president,director,head,chief,officer,account,agente,"
	"impiegato,impiegata,segretario,segretaria,consulente,commercialista,avvocato,geometra,"
	"architetto,ingegnere,tecnico,venditore,venditrice,addetto,addetta,assistente,assistant,"
	"coordinatore,coordinatrice,capoarea,capo,procuratore,procuratrice,proprietario,proprietaria,"
	"imprenditore,imprenditrice,developer,sviluppatore,sviluppatrice,analyst,analista,designer,"
	"magazziniere,contabile,specialist,supervisor,vp,dirigente,socio,socia,rappresentante,"
	"consultant,engineer,secretary,purchasing,purchaser,executive,referente,gerente,progettista,"
	"partner,md,ad,dg,rspp,";

const char card_job_phrases[] =
	",ufficio acquisti,ufficio tecnico,ufficio commerciale,ufficio vendite,legale rappresentante,"
	"area commerciale,area manager,vice president,managing director,general manager,";

/* Words that follow those above and belong to them. */
const char card_job_fillers[] =
	",delegato,delegata,unico,acquisti,commerciale,vendite,generale,tecnico,tecnica,marketing,"
	"amministrativo,amministrativa,produzione,qualita,area,logistica,export,estero,italia,italy,"
	"risorse,umane,it,hr,ufficio,personale,sicurezza,comunicazione,operativo,finanziario,legale,"
	"e,di,del,della,dei,delle,d,and,of,the,key,senior,junior,regional,nord,sud,centro,cliente,"
	"clienti,progetto,progetti,manutenzione,magazzino,stabilimento,sistemi,informativi,business,"
	"development,general,product,project,";

const char card_forms[] = ",srl,srls,spa,snc,sas,sapa,scarl,scrl,scpa,coop,cooperativa,gmbh,ltd,"
			    "inc,llc,sarl,sagl,plc,corp,onlus,aps,ets,odv,asd,limited,";

const char card_form_phrases[] = ",s r l,s r l s,s p a,s n c,s a s,s s,s c a r l,f lli,flli,"
				   "fratelli,e figli,";

const char card_company_starts[] =
	",studio,ditta,impresa,azienda,hotel,ristorante,gruppo,officina,officine,comune,"
	"associazione,fondazione,consorzio,farmacia,istituto,universita,societa,agenzia,";

const char card_address_starts[] =
	",via,viale,v le,piazza,p zza,piazzale,corso,c so,largo,vicolo,strada,loc,localita,contrada,"
	"c da,frazione,fraz,zona industriale,z i,sede,sede legale,";

const char card_small_talk[] =
	",cordiali saluti,cordialmente,saluti,distinti saluti,un saluto,best regards,kind regards,"
	"regards,best,thanks,thank you,grazie,buongiorno,buona giornata,ciao,inviato da,sent from,"
	"get outlook,scarica outlook,privacy,il presente messaggio,this message,this email,le "
	"informazioni,fax,pec,tel,skype,linkedin,facebook,c f,cf,codice fiscale,sdi,rea,cap soc,";

const char card_free_mail[] =
	",gmail,googlemail,libero,virgilio,alice,tiscali,hotmail,outlook,live,yahoo,icloud,tim,tin,"
	"fastwebnet,inwind,iol,email,aruba,pec,me,msn,proton,protonmail,gmx,";
/* clang-format on */

bool card_in_list(const char *list, const char *phrase, size_t n)
{
	for (const char *p = list; (p = strchr(p, ',')) && p[1];) {
		p++;
		if (!strncmp(p, phrase, n) && p[n] == ',')
			return true;
	}
	return false;
}

bool card_begins_with(const char *list, const char *folded)
{
	for (size_t n = 1; folded[n - 1] && n <= LONGEST_PHRASE; n++)
		if ((folded[n] == ' ' || !folded[n]) && card_in_list(list, folded, n))
			return true;
	return false;
}

const char *card_next_word(const char *folded)
{
	const char *blank = strchr(folded, ' ');

	return blank ? blank + 1 : "";
}

bool card_has_any(const char *list, const char *folded)
{
	for (; *folded; folded = card_next_word(folded))
		if (card_begins_with(list, folded))
			return true;
	return false;
}
