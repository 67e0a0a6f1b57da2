// SPDX-License-Identifier: Apache-2.0
#include "registry/registrant.hpp"

#include "registry/error.hpp"

namespace registry {

std::string_view to_text(Sex sex) {
  switch (sex) {
    case Sex::NotStated:
      return "未記載";
    case Sex::Male:
      return "男性";
    case Sex::Female:
      return "女性";
    case Sex::Other:
      return "その他";
  }
  contract_violated("sex is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(Residency residency) {
  switch (residency) {
    case Residency::Resident:
      return "住民";
    case Residency::MovedOut:
      return "転出";
    case Residency::Died:
      return "死亡";
    case Residency::Deleted:
      return "職権消除";
  }
  contract_violated("residency is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(LivingPlace place) {
  switch (place) {
    case LivingPlace::Home:
      return "在宅";
    case LivingPlace::Facility:
      return "施設入所";
    case LivingPlace::Hospital:
      return "長期入院";
    case LivingPlace::AwayForNow:
      return "一時不在";
  }
  contract_violated("place is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(Mobility mobility) {
  switch (mobility) {
    case Mobility::Unknown:
      return "未確認";
    case Mobility::Walks:
      return "独歩";
    case Mobility::WalksWithStick:
      return "杖";
    case Mobility::WalksWithRollator:
      return "歩行器";
    case Mobility::WalksWithHelp:
      return "介助歩行";
    case Mobility::WheelchairSelf:
      return "車いす自走";
    case Mobility::WheelchairPushed:
      return "車いす介助";
    case Mobility::WheelchairPower:
      return "電動車いす";
    case Mobility::Stretcher:
      return "ストレッチャー";
  }
  contract_violated("mobility is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(CertificateKind kind) {
  switch (kind) {
    case CertificateKind::CareLevel:
      return "要介護・要支援認定";
    case CertificateKind::Physical:
      return "身体障害者手帳";
    case CertificateKind::Intellectual:
      return "愛の手帳・療育手帳";
    case CertificateKind::Mental:
      return "精神障害者保健福祉手帳";
    case CertificateKind::SupportCategory:
      return "障害支援区分";
    case CertificateKind::IntractableDisease:
      return "難病";
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

std::string Person::full_address() const {
  std::string line = address + address_number;
  if (!line.empty() && !building.empty()) {
    line += ' ';
  }
  return line + building;
}

}  // namespace registry
